import { letterValue, mod11And10, remainder, varies, weighted } from '../checksums.ts'
import type { Identifier } from '../identifier.ts'
import { isInsee } from './insee.ts'

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'

/** The letter stands for the number's remainder by 23; X, Y and Z of foreigners count as 0, 1 and 2. */
export const isSpanishNumber = (text: string): boolean => {
  const digits = text.slice(0, -1).replace(/^[KLM]/, '').replace(/^[XYZ]/, letter => String('XYZ'.indexOf(letter)))
  return LETTERS[Number(digits) % 23] === text.at(-1)
}

/** Of companies: a letter, seven digits, and a check that is a digit or a letter. */
const isCif = (text: string): boolean => {
  const digits = Array.from(text.slice(1, 8)).map(Number)
  const sum = digits.reduce((total, digit, at) => total + (at % 2 === 1 ? digit : Math.floor((digit * 2) / 10) + ((digit * 2) % 10)), 0)
  const check = (10 - (sum % 10)) % 10
  return text[8] === String(check) || text[8] === 'JABCDEFGHI'[check]
}

/** Weights 7, 3, 1 over digits and letters (A is 10); a ninth character stands alone, a tenth is the check. */
export const isGermanDocument = (text: string): boolean =>
  /\d/.test(text) &&
  (text.length < 10 || Array.from(text.slice(0, 9)).reduce((sum, char, at) => sum + letterValue(char.charCodeAt(0)) * ([7, 3, 1][at % 3] ?? 0), 0) % 10 === Number(text[9]))

const ODD: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from('0123456789').map((char, at) => [char, [1, 0, 5, 7, 9, 13, 15, 17, 19, 21][at] ?? 0]),
)
const ODD_LETTERS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

/** Odd places count by a table, even ones by their value; the last letter is the sum's remainder by 26. */
const isCodiceFiscale = (text: string): boolean => {
  const sum = Array.from(text.slice(0, 15)).reduce((total, char, at) => {
    const code = char.charCodeAt(0)
    if (at % 2 === 0) return total + (code < 65 ? (ODD[char] ?? 0) : (ODD_LETTERS[code - 65] ?? 0))
    return total + (code < 65 ? code - 48 : code - 65)
  }, 0)
  return String.fromCharCode(65 + (sum % 26)) === text[15]
}

/** One digit stands twice or three times among the first ten, the others once at most. */
const isSteuerId = (digits: string): boolean => new Set(digits.slice(0, 10)).size < 10 && varies(digits) && mod11And10(digits)

/** Weights 6, 7, 8, 9, 10, 5, 4, 3, 2 over the last nine digits give the first. */
const isUtr = (digits: string): boolean => '21987654321'[weighted(digits.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] === digits[0]

const SPAIN_TAX = [
  'cif', 'cif número', 'cifnúmero#', 'nie', 'nif', 'número de contribuyente', 'número de identidad de extranjero', 'número de identificación fiscal',
  'número de impuesto corporativo', 'personal tax number', 'tax id', 'tax identification number', 'tax number', 'tin', 'tin#',
]

export const NATIONAL_NUMBERS: readonly Identifier[] = [
  {
    id: 'InseeCode-FR',
    text: 'Numbers of INSEE, the French social security number: 13 characters and two check digits that fit.',
    keywords: [
      'assurance sociale', "carte nationale d'identité", 'cni', 'code sécurité sociale', 'French social security number', 'fssn#', 'insee', 'insurance number',
      'national id number', 'nationalid#', "numéro d'assurance", 'sécurité sociale', 'sécurité sociale non.', 'sécurité sociale numéro', 'social', 'social security',
      'social security number', 'socialsecuritynumber', 'ss#', 'ssn', 'ssn#',
    ],
    forms: ['[1-8] ?\\d{2} ?\\d{2} ?\\d[0-9AB] ?\\d{3} ?\\d{3} ?\\d{2}'],
    accepts: isInsee,
    masks: ['INSEE «255081416802538»', 'sécurité sociale: «2 55 08 14 168 025 38»', '{"insee":"«194082A00123430»"}'],
    leaves: ['INSEE 255081416802539', 'colis 255081416802538'],
  },
  {
    id: 'NationalIdentificationNumber-DE',
    text: 'Numbers of German identity cards: nine characters without vowels, with a check digit that fits where there is one.',
    keywords: ['ausweisnummer', 'id number', 'identification number', 'identity number', 'insurance number', 'personal id', 'personalausweis'],
    forms: ['[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\\d?'],
    accepts: isGermanDocument,
    masks: ['Personalausweis «T220001293»', '{"ausweisnummer":"«L01X00T471»"}', 'Ausweisnummer: «T22000129»'],
    leaves: ['Personalausweis T220001294', 'Teil T220001293', 'Personalausweis WHTPRNTRS'],
  },
  {
    id: 'NationalIdentificationNumber-ES',
    text: 'Documento Nacional de Identidad: eight digits and the letter that fits.',
    keywords: [
      'dni', 'dni#', 'dninúmero#', 'documento nacional de identidad', 'identidad único', 'identidadúnico#', 'insurance number', 'national identification number',
      'national identity', 'nationalid#', 'nationalidno#', 'número nacional identidad', 'personal identification number', 'personal identity no', 'unique identity number',
      'uniqueid#',
    ],
    forms: ['\\d{8}-?[A-Z]'],
    accepts: isSpanishNumber,
    masks: ['DNI «12345678Z»', '{"dni":"«12345678-Z»"}'],
    leaves: ['DNI 12345678A', 'pedido 12345678Z'],
  },
  {
    id: 'NationalIdentificationNumber-IT',
    text: 'Codice fiscale: 16 characters, the last of which fits.',
    keywords: [
      'codice fiscal', 'codice fiscale', 'dati anagrafici', 'ehic', 'health card', 'health insurance card', 'p. iva', 'partita i.v.a.', 'personal data', 'tax code', 'tessera sanitaria',
    ],
    forms: ['[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]'],
    accepts: isCodiceFiscale,
    masks: ['codice fiscale «RSSMRA85T10A562S»', '{"codiceFiscale":"«rssmra85t10a562s»"}'],
    leaves: ['codice fiscale RSSMRA85T10A562T', 'ordine RSSMRA85T10A562S'],
  },
  {
    id: 'NieNumber-ES',
    text: 'Número de identidad de extranjero: X, Y or Z, seven digits and the letter that fits.',
    keywords: SPAIN_TAX,
    forms: ['[XYZ]-?\\d{7}-?[A-Z]'],
    accepts: isSpanishNumber,
    masks: ['NIE «X1234567L»', '{"nie":"«X-1234567-L»"}'],
    leaves: ['NIE X1234567M', 'serie X1234567L', 'NIE A1234567L'],
  },
  {
    id: 'NifNumber-ES',
    text: 'Número de identificación fiscal of people: eight digits, or K, L or M and seven, and the letter that fits.',
    keywords: SPAIN_TAX,
    forms: ['\\d{8}-?[A-Z]', '[KLM]-?\\d{7}-?[A-Z]'],
    accepts: isSpanishNumber,
    masks: ['NIF «12345678Z»', 'número de identificación fiscal: «12345678-Z»', 'NIF «K1234567L»'],
    leaves: ['NIF 12345678A', 'pedido 12345678Z'],
  },
  {
    id: 'Ssn-ES',
    text: 'Numbers of the Spanish social security: province, eight digits and two check digits that fit.',
    keywords: ['número de la seguridad social', 'social security no.', 'social security no', 'social security number', 'socialsecurityno#', 'ssn', 'ssn#', 'seguridad social'],
    forms: ['\\d{2}[/ -]?\\d{8}[/ -]?\\d{2}', '\\d{2}[/ -]?\\d{7}[/ -]?\\d{2}'],
    accepts: digits => remainder(digits.slice(0, -2), 97) === Number(digits.slice(-2)),
    masks: ['número de la seguridad social: «28/12345678/40»', 'SSN «281234567840»'],
    leaves: ['SSN 281234567841', 'pedido 281234567840'],
  },
  {
    id: 'Ssn-US',
    text: 'Social security numbers: nine digits; not 000, 666 or 900 to 999, nor 00, nor 0000 in their parts.',
    keywords: ['social security', 'ss#', 'ssn', 'social security number', 'socialsecurity'],
    forms: ['\\d{3}[- ]?\\d{2}[- ]?\\d{4}'],
    accepts: digits => !/^(?:000|666|9)/.test(digits) && digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000',
    masks: [
      'SSN: «123-45-6789»', '{"ssn":"«123456789»"}', '{"ssn":«123456789»,"n":1}', 'social_security_number=«123 45 6789»', '«123-45-6789» is the SSN', '{"userSsn":"«123-45-6789»"}',
      'ss# «123-45-6789»', `ssn${' '.repeat(30)}«123-45-6789»`, 'SSNs «123-45-6789», «234-56-7890»', '社会保障号 SSN «123-45-6789»号',
    ],
    leaves: [
      'order 123-45-6789', 'SSN 000-45-6789', 'SSN 666-45-6789', 'SSN 900-45-6789', 'SSN 123-00-6789', 'SSN 123-45-0000', 'SSN 123-45-67890', 'SSN 1123-45-6789',
      `ssn${' '.repeat(31)}123-45-6789`, 'lessn 123-45-6789', 'SSN 12-123-45-6789', 'ssn 123456789.5',
    ],
  },
  {
    id: 'IndividualTaxIdentificationNumber-US',
    text: 'Individual taxpayer identification numbers: nine digits that begin with 9, the fourth and fifth of which are given out.',
    keywords: ['individual taxpayer identification number', 'itin', 'i.t.i.n.'],
    forms: ['9\\d{2}[- ]?[5-9]\\d[- ]?\\d{4}'],
    accepts: digits => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-2]|9[4-9])/.test(digits),
    masks: ['ITIN «912-78-1234»', '{"itin":"«912781234»"}'],
    leaves: ['ITIN 912-93-1234', 'ITIN 812-78-1234', 'id 912-78-1234'],
  },
  {
    id: 'TaxId-DE',
    text: 'Steueridentifikationsnummer: 11 digits whose last one fits.',
    keywords: ['identifikationsnummer', 'steuer id', 'steueridentifikationsnummer', 'steuernummer', 'tax id', 'tax identification number', 'tax number'],
    forms: ['[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}'],
    accepts: isSteuerId,
    masks: ['Steuer-ID «86 095 742 719»', '{"taxId":"«47036892816»"}'],
    leaves: ['Steuer-ID 86095742718', 'Auftrag 86095742719'],
  },
  {
    id: 'TaxId-ES',
    text: 'CIF of companies: a letter, seven digits and the check that fits.',
    keywords: SPAIN_TAX,
    forms: ['[ABCDEFGHJNPQRSUVW]-?\\d{7}-?[0-9A-J]'],
    accepts: isCif,
    masks: ['CIF «A58818501»', '{"cif":"«A-5881850-1»"}'],
    leaves: ['CIF A58818502', 'serie A58818501'],
  },
  {
    id: 'TaxId-FR',
    text: "Numéro d'identification fiscale: 13 digits that begin with 0 to 3, the last three of which fit.",
    keywords: ["numéro d'identification fiscale", 'tax id', 'tax identification number', 'tax number', 'tin', 'tin#'],
    forms: ['[0-3]\\d ?\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}'],
    accepts: digits => Number(digits.slice(0, 10)) % 511 === Number(digits.slice(10)),
    masks: ['TIN «3023217600053»', "numéro d'identification fiscale: «30 23 217 600 053»"],
    leaves: ['TIN 3023217600054', 'colis 3023217600053'],
  },
  {
    id: 'TaxId-GB',
    text: 'Unique taxpayer references: 10 digits, the first of which fits the others.',
    keywords: [
      'paye', 'tax id', 'tax id no.', 'tax id number', 'tax identification', 'tax identification#', 'tax no.', 'tax number', 'tax reference', 'tax#', 'taxid#',
      'temporary reference number', 'tin', 'trn', 'unique tax reference', 'unique taxpayer reference', 'utr',
    ],
    forms: ['\\d{5} ?\\d{5}'],
    accepts: isUtr,
    masks: ['UTR «1955839661»', '{"taxReference":"«19558 39661»"}'],
    leaves: ['UTR 2955839661', 'order 1955839661'],
  },
  {
    id: 'ElectoralRollNumber-GB',
    text: 'Numbers on the electoral roll: two or three letters and up to four digits.',
    keywords: ['electoral #', 'electoral number', 'electoral roll #', 'electoral roll no.', 'electoral roll number', 'electoralrollno'],
    forms: ['[A-Z]{2,3}\\d{1,4}'],
    masks: ['electoral roll number «AB1234»', '{"electoralRollNo":"«ABC12»"}'],
    leaves: ['number AB1234', 'electoral roll number A1'],
  },
]
