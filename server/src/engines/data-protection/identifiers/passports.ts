import type { Identifier } from '../identifier.ts'
import { isGermanDocument } from './national-numbers.ts'

const passport = (country: string, text: string, keywords: readonly string[], forms: readonly string[], masks: readonly string[]): Identifier => ({
  id: `PassportNumber-${country}`,
  text: `Numbers of passports: ${text}.`,
  keywords,
  forms,
  masks,
  leaves: [masks[0]!.replace(/.*«(.*)».*/, 'part $1'), `${keywords[0]!} 12`],
})

const FRENCH = ['numéro de passeport', 'passeport', 'passeport#', 'passeport #', 'passeportn °', 'passeport n °', 'passeportNon', 'passeport non']

export const PASSPORTS: readonly Identifier[] = [
  passport('CA', 'two letters and six digits, or a letter, six digits and two letters', ['passeport', 'passeport#', 'passport', 'passport#', 'passportno', 'passportno#'],
    ['[A-Z]{2}\\d{6}', '[A-Z]\\d{6}[A-Z]{2}'], ['passport «AB123456»', 'passeport# «A123456BC»']),
  {
    ...passport('DE', 'nine characters without vowels, with a check digit that fits where there is one',
      ['ausstellungsdatum', 'ausstellungsort', 'geburtsdatum', 'passport', 'passports', 'reisepass', 'reisepass–nr', 'reisepassnummer'],
      ['[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8}\\d?'], ['Reisepass «C01X00T47»', 'Reisepass-Nr «C01X00T478»']),
    accepts: isGermanDocument,
  },
  passport('ES', 'two or three letters, six digits, and a letter or none',
    ['españa pasaporte', 'libreta pasaporte', 'número pasaporte', 'pasaporte', 'passport', 'passport book', 'passport no', 'passport number', 'spain passport'],
    ['[A-Z]{2,3}\\d{6}[A-Z]?'], ['pasaporte «AAA123456»', 'número pasaporte: «AB123456»']),
  passport('FR', 'two digits, two letters and five digits', FRENCH, ['\\d{2}[A-Z]{2}\\d{5}'], ['passeport «12AB34567»', 'numero de passeport: «12AB34567»']),
  passport('GB', 'nine digits', [...FRENCH.slice(3), 'passport', 'passport #', 'passport no', 'passport number', 'passport#', 'passportid'], ['\\d{9}'], [
    'passport number «123456789»', '{"passportId":"«925076473»"}',
  ]),
  passport('IT', 'two letters and seven digits',
    ['italian passport number', 'numéro passeport', 'numéro passeport italien', 'passaporto', 'passaporto italiana', 'passaporto numero', 'passport number', 'repubblica italiana passaporto'],
    ['[A-Z]{2}\\d{7}'], ['passaporto «YA1234567»', 'passport number: «YA1234567»']),
  passport('US', 'nine digits, or a letter and eight', ['passport', 'travel document'], ['\\d{9}', '[A-Z]\\d{8}'], ['passport «123456789»', '{"travelDocument":"«A12345678»"}']),
]
