import { remainder } from '../checksums.ts'
import type { Identifier } from '../identifier.ts'

const EVERYWHERE = ['account code', 'account number', 'accountno#', 'accountnumber#', 'bban', 'customer account id', 'customer account number', 'customer bank account id', 'iban']

/** ISO 13616: country and check digits, moved to the end, leave 1. */
const isIban = (text: string): boolean => remainder(text.slice(4) + text.slice(0, 4), 97) === 1

/** An IBAN of so many characters, in groups of four or not. */
const ibanForms = (country: string, length: number): readonly string[] => {
  const rest = (length - 4) % 4
  return [`${country}\\d{2}${' ?[A-Z0-9]{4}'.repeat(Math.floor((length - 4) / 4))}${rest === 0 ? '' : ` ?[A-Z0-9]{${rest}}`}`]
}

const account = (country: string, length: number, keywords: readonly string[], domestic: string, form: string, masks: readonly string[]): Identifier => ({
  id: `BankAccountNumber-${country}`,
  text: `IBANs of ${length} characters whose check digits fit, and ${domestic}.`,
  keywords: [...EVERYWHERE, ...keywords],
  forms: [...ibanForms(country, length), form],
  accepts: text => !text.startsWith(country) || isIban(text),
  masks,
  leaves: [masks[0]!.replace(/.*«(..)(..)(.*)».*/, 'iban $100$3'), 'account number 12', masks[0]!.replace(/.*«(.*)».*/, 'order $1')],
})

export const BANK_ACCOUNTS: readonly Identifier[] = [
  account('DE', 22, ['bankleitzahl', 'geheimzahl', 'kartennummer', 'kontonummer', 'kreditkartennummer', 'sepa'], 'account numbers of 10 digits', '\\d{10}', [
    'iban «DE89370400440532013000»', '{"iban":"«DE89 3704 0044 0532 0130 00»"}', 'Kontonummer: «0532013000»',
  ]),
  account(
    'ES', 24, ['código cuenta', 'código cuenta bancaria', 'cuenta cliente id', 'número cuenta bancaria cliente', 'número cuenta cliente'],
    'account numbers of 20 digits', '\\d{4}[- ]?\\d{4}[- ]?\\d{2}[- ]?\\d{10}', ['iban «ES9121000418450200051332»', 'numero cuenta cliente «2100-0418-45-0200051332»'],
  ),
  account('FR', 27, ['code bancaire', 'compte bancaire', 'numéro de compte'], 'account numbers of 23 characters (RIB)', '\\d{5} ?\\d{5} ?[A-Z0-9]{11} ?\\d{2}', [
    'iban «FR1420041010050500013M02606»', 'compte bancaire «20041 01005 0500013M026 06»',
  ]),
  account('GB', 22, ['sepa'], 'a sort code with an account number of 8 digits', '\\d{2}-?\\d{2}-?\\d{2} ?\\d{8}', [
    'iban «GB29NWBK60161331926819»', 'account number «60-16-13 31926819»',
  ]),
  account('IT', 27, ['codice bancario', 'conto bancario', 'numero di conto'], 'account numbers of 23 characters', '[A-Z]\\d{10}[A-Z0-9]{12}', [
    'iban «IT60X0542811101000000123456»', 'conto bancario «X0542811101000000123456»',
  ]),
  {
    id: 'BankAccountNumber-US',
    text: 'Account numbers of 8 to 17 digits.',
    keywords: [
      'bank account', 'bank acct', 'checking account', 'checking acct', 'deposit account', 'deposit acct', 'savings account', 'savings acct', 'chequing account',
      'chequing acct',
    ],
    forms: ['\\d{8,17}'],
    masks: ['bank account «12345678»', '{"savingsAccount":"«000123456789»"}'],
    leaves: ['bank account 1234567', 'account 12345678', 'bank account 123456789012345678'],
  },
]
