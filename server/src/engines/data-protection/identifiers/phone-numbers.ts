import { varies } from '../checksums.ts'
import type { Identifier } from '../identifier.ts'

const KEYWORDS = ['cell', 'contact', 'fax', 'fax number', 'mobile', 'phone', 'phone number', 'tel', 'telephone', 'telephone number']

/** National numbers need a keyword, those with the country's code do not. */
const phone = (country: string, text: string, national: readonly string[], international: readonly string[], masks: readonly string[], leaves: readonly string[], more: readonly string[] = []): Identifier => ({
  id: `PhoneNumber-${country}`,
  text: `${text} With the country's code no keyword is needed.`,
  keywords: [...KEYWORDS, ...more],
  forms: [...national, ...international],
  openForms: international,
  accepts: varies,
  masks,
  leaves,
})

export const PHONE_NUMBERS: readonly Identifier[] = [
  phone('BR', 'Numbers of Brazil: area code and eight or nine digits.', ['\\(?[1-9]\\d\\)?[ -]?9?\\d{4}[ -]?\\d{4}'], ['\\+55[ -]?\\(?[1-9]\\d\\)?[ -]?9?\\d{4}[ -]?\\d{4}'],
    ['celular «(11) 98765-4321»', 'ligue «+55 11 98765-4321»', '{"telefone":"«1133334444»"}'], ['pedido 11987654321', '+56 11 98765-4321'],
    ['cel', 'celular', 'fone', 'móvel', 'número residencial', 'numero residencial', 'telefone']),
  phone('DE', 'Numbers of Germany.', ['0[1-9]\\d{1,4}[ /-]?\\d{3,8}[ -]?\\d{0,5}', '\\(0[1-9]\\d{1,4}\\) ?\\d{3,8}'],
    ['\\+49[ -]?\\(?0?\\)?[1-9]\\d{1,4}[ /-]?\\d{3,8}[ -]?\\d{0,5}'],
    ['Tel. «030 123456»', 'ruf «+49 171 1234567»', '{"phone":"«+4917112345678»"}', 'Tel: «(089) 123456»'], ['Auftrag 030 123456', 'Tel 12']),
  phone('ES', 'Numbers of Spain: nine digits that begin with 6 to 9.', ['[6-9]\\d{2}[ -]?\\d{3}[ -]?\\d{3}', '[6-9]\\d{2}[ -]?\\d{2}[ -]?\\d{2}[ -]?\\d{2}'],
    ['\\+34[ -]?[6-9]\\d{2}[ -]?\\d{3}[ -]?\\d{3}', '\\+34[ -]?[6-9]\\d{2}[ -]?\\d{2}[ -]?\\d{2}[ -]?\\d{2}'],
    ['tel «612 345 678»', 'llamar «+34 912 34 56 78»', '{"mobile":"«612345678»"}'], ['pedido 612345678', 'tel 512345678']),
  phone('FR', 'Numbers of France: ten digits that begin with 0.', ['0[1-9][ .-]?\\d{2}[ .-]?\\d{2}[ .-]?\\d{2}[ .-]?\\d{2}'],
    ['\\+33[ .-]?\\(?0?\\)?[1-9][ .-]?\\d{2}[ .-]?\\d{2}[ .-]?\\d{2}[ .-]?\\d{2}'],
    ['tel «01 23 45 67 89»', 'appel «+33 6 12 34 56 78»', '{"phone":"«0612345678»"}'], ['colis 0612345678', 'tel 0012345678']),
  phone('GB', 'Numbers of the United Kingdom.', ['0[1-9]\\d{2,4}[ -]?\\d{3}[ -]?\\d{3,4}', '\\(0[1-9]\\d{1,3}\\) ?\\d{3,4}[ -]?\\d{3,4}', '02\\d[ -]?\\d{4}[ -]?\\d{4}'],
    ['\\+44[ -]?\\(?0?\\)?[1-9]\\d{2,3}[ -]?\\d{3}[ -]?\\d{3,4}', '\\+44[ -]?\\(?0?\\)?2\\d[ -]?\\d{4}[ -]?\\d{4}'],
    ['mobile «07700 900123»', 'call «+44 20 7946 0958»', '{"phone":"«+447700900123»"}', 'tel «020 7946 0958»'], ['order 07700900123', 'tel 12345']),
  phone('IT', 'Numbers of Italy.', ['3\\d{2}[ .-]?\\d{3}[ .-]?\\d{3,4}', '0\\d{1,3}[ .-]?\\d{5,8}'], ['\\+39[ .-]?3\\d{2}[ .-]?\\d{3}[ .-]?\\d{3,4}', '\\+39[ .-]?0\\d{1,3}[ .-]?\\d{5,8}'],
    ['tel «06 12345678»', 'chiama «+39 347 123 4567»', '{"mobile":"«3471234567»"}'], ['ordine 3471234567', 'tel 123']),
  phone('US', 'Numbers of the United States: ten digits, area code and exchange of which do not begin with 0 or 1; toll-free ones too.',
    ['\\(?[2-9]\\d{2}\\)?[ .-]?[2-9]\\d{2}[ .-]?\\d{4}', '1[ .-]\\(?[2-9]\\d{2}\\)?[ .-]?[2-9]\\d{2}[ .-]?\\d{4}'], ['\\+1[ .-]?\\(?[2-9]\\d{2}\\)?[ .-]?[2-9]\\d{2}[ .-]?\\d{4}'],
    ['phone: «(206) 555-0100»', 'call «+1 206-555-0100»', '{"phoneNumber":"«2065550100»"}', 'fax «1-800-555-0199»', 'telephone «206.555.0100»', 'to «+12065550100»'],
    ['order 2065550100', 'phone 106-555-0100', 'phone 206-155-0100', 'telemetry 2065550100', 'phone 555-0100']),
]
