import { varies, weighted } from '../checksums.ts'
import type { Identifier } from '../identifier.ts'

const mod11 = (digits: string, weights: readonly number[]): number => {
  const rest = weighted(digits, weights) % 11
  return rest < 2 ? 0 : 11 - rest
}

const isCpf = (digits: string): boolean =>
  varies(digits) && `${mod11(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2])}${mod11(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])}` === digits.slice(9)

const isCnpj = (digits: string): boolean =>
  varies(digits) &&
  `${mod11(digits, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])}${mod11(digits, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])}` === digits.slice(12)

export const BRAZIL: readonly Identifier[] = [
  {
    id: 'CepCode-BR',
    text: 'Postal codes of Brazil: eight digits.',
    keywords: ['cep', 'código de endereçamento postal'],
    forms: ['\\d{5}-?\\d{3}'],
    masks: ['CEP «01310-100»', '{"cep":"«01310100»"}', 'codigo de enderecamento postal: «01310-100»'],
    leaves: ['CEP 0131-100', 'pedido 01310-100', 'excepto 01310-100'],
  },
  {
    id: 'Cnpj-BR',
    text: 'Numbers of companies in Brazil: 14 digits, the last two of which fit.',
    keywords: ['cadastro nacional da pessoa jurídica', 'cnpj'],
    forms: ['\\d{2}\\.?\\d{3}\\.?\\d{3}/?\\d{4}-?\\d{2}'],
    accepts: isCnpj,
    masks: ['CNPJ «11.222.333/0001-81»', '{"cnpj":"«11222333000181»"}'],
    leaves: ['CNPJ 11.222.333/0001-82', 'pedido 11.222.333/0001-81'],
  },
  {
    id: 'CpfCode-BR',
    text: "Numbers of people in Brazil's tax register: 11 digits, the last two of which fit.",
    keywords: ['cadastro de pessoas físicas', 'cadastro de pessoa física', 'cpf'],
    forms: ['\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}'],
    accepts: isCpf,
    masks: ['CPF «529.982.247-25»', '{"cpf":"«52998224725»"}', 'cadastro de pessoas fisicas: «529.982.247-25»'],
    leaves: ['CPF 529.982.247-26', 'CPF 111.111.111-11', 'pedido 52998224725'],
  },
  {
    id: 'RgNumber-BR',
    text: 'Numbers of identity cards of Brazil: 7 to 9 digits, the last of which may be an X. The states do not agree on a check.',
    keywords: ['registro geral', 'rg'],
    forms: ['\\d{1,2}\\.?\\d{3}\\.?\\d{3}-?[0-9X]', '\\d{2}\\.?\\d{3}\\.?\\d{3}'],
    masks: ['RG «24.678.131-2»', '{"registroGeral":"«246781312»"}', 'rg: «1.234.567-8»'],
    leaves: ['org 24.678.131-2', 'RG 12'],
  },
]
