import { luhn } from '../checksums.ts'
import type { Identifier } from '../identifier.ts'

export const CANADA: readonly Identifier[] = [
  {
    id: 'PermanentResidenceNumber-CA',
    text: 'Numbers of permanent residents of Canada: two letters and 7 to 10 digits, or 8 digits.',
    keywords: [
      'carte résident permanent', 'numéro carte résident permanent', 'numéro résident permanent', 'permanent resident card', 'permanent resident card number',
      'permanent resident no', 'permanent resident no.', 'permanent resident number', 'pr no', 'pr no.', 'pr non', 'pr number', 'résident permanent no.', 'résident permanent non',
    ],
    forms: ['[A-Z]{2}\\d{7,10}', '\\d{4}-\\d{4}'],
    masks: ['permanent resident card «RA0302123456»', 'PR no. «1234-5678»'],
    leaves: ['card RA0302123456', 'PR no. 12345'],
  },
  {
    id: 'PostalCode-CA',
    text: 'Postal codes of Canada, written with capitals.',
    keywords: [],
    forms: ['[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z][ -]?\\d[ABCEGHJ-NPRSTV-Z]\\d'],
    accepts: (_compact, found) => found === found.toUpperCase(),
    masks: ['Toronto, ON «M5V 3L9»', '{"postal":"«K1A0B1»"}'],
    leaves: ['D1A 0B1', 'M5V 3L', 'k1a0b1', 'XM5V 3L9'],
  },
  {
    id: 'SocialInsuranceNumber-CA',
    text: 'Social insurance numbers: nine digits whose last one fits (Luhn); none begins with 0 or 8.',
    keywords: ['canadian id', "numéro d'assurance sociale", 'social insurance number', 'sin'],
    forms: ['[1-79]\\d{2}[- ]?\\d{3}[- ]?\\d{3}'],
    accepts: luhn,
    masks: ['SIN «130 692 544»', '{"socialInsuranceNumber":"«130-692-544»"}', "numéro d’assurance sociale: «130692544»"],
    leaves: ['SIN 130 692 545', 'SIN 046 454 286', 'using 130692544', 'basin 130692544'],
  },
]
