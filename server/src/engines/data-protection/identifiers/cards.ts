import { luhn, varies } from '../checksums.ts'
import type { Identifier } from '../identifier.ts'

/** Numbers that issuers reserved for public testing; AWS does not report them. */
const TEST_NUMBERS = new Set(
  `122000000000003 2222405343248877 2222990905257051 2223007648726984 2223577120017656 30569309025904 34343434343434 3528000700000000
3530111333300000 3566002020360505 36148900647913 36700102000000 371449635398431 378282246310005 378734493671000 38520000023237
4012888888881881 4111111111111111 4222222222222 4444333322221111 4462030000000000 4484070000000000 4911830000000 4917300800000000
4917610000000000 4917610000000000003 5019717010103742 5105105105105100 5111010030175156 5185540810000019 5200828282828210 5204230080000017
5204740009900014 5420923878724339 5454545454545454 5455330760000018 5506900490000436 5506900490000444 5506900510000234 5506920809243667
5506922400634930 5506927427317625 5553042241984105 5555553753048194 5555555555554444 5610591081018250 6011000990139424 6011000400000000
6011111111111117 630490017740292441 630495060000000000 6331101999990016 6759649826438453 6799990100000000019 76009244561`.split(/\s+/),
)

/** American Express, Dankort, Diner's Club, Discover, Electron, JCB, Mastercard, UnionPay, Visa; and Maestro, which shares their ranges. */
const PREFIX = /^(?:3[47]|5019|4571|30[0-5]|309|3[689]|6011|64[4-9]|65|352[89]|35[3-8]|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|62|4|50|5[6-8]|6[37])/

const isCard = (digits: string): boolean => PREFIX.test(digits) && luhn(digits) && !TEST_NUMBERS.has(digits) && varies(digits)

export const CARDS: readonly Identifier[] = [
  {
    id: 'CreditCardNumber',
    text: 'Numbers of credit and debit cards: 13 to 19 digits, apart in groups or not, that an issuer gives out and whose last digit fits (Luhn). Numbers that issuers published for tests are left.',
    keywords: [
      'account number', 'american express', 'amex', 'bank card', 'card', 'card number', 'card num', 'cc #', 'ccn', 'check card', 'credit', 'credit card#', 'dankort',
      'debit', 'debit card', 'diners club', 'discover', 'electron', 'japanese card bureau', 'jcb', 'mastercard', 'mc', 'pan', 'payment account number',
      'payment card number', 'pcn', 'union pay', 'visa',
    ],
    forms: ['\\d{13,19}', '\\d{4}[- ]\\d{4}[- ]\\d{4}[- ]\\d{1,4}', '\\d{4}[- ]\\d{4}[- ]\\d{4}[- ]\\d{4}[- ]\\d{1,3}', '\\d{4}[- ]\\d{6}[- ]\\d{4,5}'],
    accepts: digits => digits.length >= 13 && isCard(digits),
    masks: ['card number: «4539578763621486»', '{"cardNumber":"«4539 5787 6362 1486»"}', 'visa «4539-5787-6362-1486» declined', 'paid with amex «3787 344936 71018»', 'CREDIT_CARD=«6011000990139580»'],
    leaves: ['card number: 4111111111111111', 'card number: 4539578763621487', 'order 4539578763621486', 'card 9539578763621480', 'company 4539578763621486', 'card 4539578763621486123456'],
  },
  {
    id: 'CreditCardExpiration',
    text: 'When a card expires: month and year.',
    keywords: ['exp d', 'exp m', 'exp y', 'expiration', 'expiry', 'exp date', 'exp month', 'exp year'],
    forms: ['[01]?\\d[-/]\\d{2}', '[01]?\\d[-/]20\\d{2}', '20\\d{2}[-/][01]\\d'],
    accepts: (_digits, found) => found.split(/[-/]/).some(part => Number(part) >= 1 && Number(part) <= 12),
    masks: ['expiry «12/27»', '{"expDate":"«01/2027»"}', 'expiration: «2027-04» ok'],
    leaves: ['on 12/27', 'expiry 13/99', 'expiry 2027-04-01', 'expiry in 12 days'],
  },
  {
    id: 'CreditCardSecurityCode',
    text: 'The three or four digits that are printed on a card.',
    keywords: [
      'card id', 'card identification code', 'card identification number', 'card security code', 'card validation code', 'card validation number',
      'card verification data', 'card verification value', 'cvc', 'cvc2', 'cvv', 'cvv2', 'elo verification code',
    ],
    forms: ['\\d{3,4}'],
    masks: ['cvv: «123»', '{"cvc":"«0421»"}', 'card security code «999» wrong'],
    leaves: ['code 123', 'cvv 12', 'cvv 12345'],
  },
]
