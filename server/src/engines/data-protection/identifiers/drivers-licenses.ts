import type { Identifier } from '../identifier.ts'
import { isSpanishNumber } from './national-numbers.ts'

/** Keywords as AWS lists them; forms as the countries print them. */
const license = (country: string, keywords: readonly string[], forms: readonly string[], example: string): Identifier => ({
  id: `DriversLicense-${country}`,
  text: `Numbers of driver's licenses (${forms.map(form => `\`${form}\``).join(', ')}).`,
  keywords,
  forms,
  masks: [`${keywords[0]!} «${example}»`, `{"x":"${keywords.at(-1)!}: «${example.toLowerCase()}»"}`],
  leaves: [`part ${example}`, `${keywords[0]!} ${'0'.repeat(25)}`],
})

const ENGLISH = [
  'dl#', 'dl:', 'dlno#', 'driver licence', 'driver licences', 'driver license', 'driver licenses', 'driver permit', 'drivers lic.', 'drivers licence', "driver's licence",
  'drivers licences', "driver's licences", 'drivers license', "driver's license", 'drivers licenses', "driver's licenses", 'drivers permit', "driver's permit",
  'drivers permit number', 'driving licence', 'driving license', 'driving permit',
]
const GERMAN = ['fuehrerschein', 'fuehrerschein- nr', 'fuehrerscheinnummer', 'fuhrerschein', 'führerschein', 'fuhrerschein- nr', 'führerschein- nr', 'fuhrerscheinnummer', 'führerscheinnummer']

export const DRIVERS_LICENSES: readonly Identifier[] = [
  license('AT', ['führerschein', 'fuhrerschein', 'führerschein republik österreich'], ['\\d{8}'], '12345678'),
  license('AU', ['driver licence', 'dl#', 'dl:', 'dl :', 'dlno#', ...ENGLISH.filter(word => !word.startsWith('dl'))], ['\\d{6,10}', '[A-Z]\\d{5}', '[A-Z]{2}\\d{4}', '\\d{3} ?\\d{3} ?\\d{3}'], '123456789'),
  license('BE', ['rijbewijs', 'rijbewijsnummer', 'numéro permis conduire', 'permis de conduire', ...GERMAN], ['\\d{10}'], '1234567890'),
  license('BG', ['шофьорска книжка', 'превозно средство', 'свидетелство за управление на моторно', 'свидетелство за управление на мпс', 'сумпс'], ['\\d{9}'], '123456789'),
  license('CA', [...ENGLISH, 'permis de conduire'].toSorted((a, b) => b.length - a.length),
    ['[A-Z]\\d{4}[- ]?\\d{5}[- ]?\\d{5}', '[A-Z]\\d{12}', '[A-Z]\\d{14}', '\\d{5,9}', '\\d{6}-?\\d{3}', '[A-Z]{2}-?[A-Z]{2}-?[A-Z]{2}-?[A-Z]\\d{3}[A-Z]{2}', '[A-Z]{5}\\d{9}'], 'A1234-56789-01234'),
  license('CY', ['άδεια οδήγησης'], ['\\d{12}'], '123456789012'),
  license('CZ', ['řidičský průkaz', 'číslo licence', 'císlo licence řidiče', 'číslo řidičského průkazu', 'ovladače lic.', 'povolení k jízdě', 'povolení řidiče', 'řidiči povolení', 'řidičský prúkaz'],
    ['[A-Z]{2} ?\\d{6}'], 'AB 123456'),
  license('DE', GERMAN, ['[A-Z0-9]\\d{2}[A-Z0-9]{6}\\d[A-Z0-9]'], 'B072RRE2I55'),
  license('DK', ['kørekort', 'kørekortnummer'], ['\\d{8}'], '12345678'),
  license('EE', ['juhiluba', 'juhi litsentsi number', 'juhiloa number', 'juhiluba number'], ['[A-Z]{2}\\d{6}'], 'ET123456'),
  {
    ...license('ES', [
      'carnet conducer', 'el carnet de conducer', 'licencia conducer', 'licencia de manejo', 'número carnet conducer', 'número de carnet de conducer', 'número de permiso conducer',
      'número de permiso de conducer', 'número licencia conducer', 'número permiso conducer', 'permiso conducción', 'permiso conducer', 'permiso de conducción', 'carnet de conducir', 'permiso de conducir',
    ], ['\\d{8}-?[A-Z]', '[XYZ]-?\\d{7}-?[A-Z]'], '12345678Z'),
    accepts: isSpanishNumber,
  },
  license('FI', ['ajokortti', 'ajokortin numero', 'förare lic.', 'körkort', 'körkort nummer', 'kuljettaja lic.', 'permis de conduire'], ['\\d{6}[-+A]\\d{3}[0-9A-Z]'], '131052-308T'),
  license('FR', ['permis de conduire'], ['\\d{12}', '\\d{2}[A-Z]{2}\\d{5}'], '123456789012'),
  license('GB', ENGLISH, ['[A-Z9]{5}\\d{6}[A-Z9]{2}\\d[A-Z]{2}', '[A-Z9]{5} ?\\d{6} ?[A-Z9]{2}\\d[A-Z]{2} ?\\d{2}', '\\d{8}'], 'MORGA657054SM9IJ'),
  license('GR', ['adeia odigisis', 'δεια οδήγησης', 'άδεια οδήγησης'], ['\\d{9}'], '123456789'),
  license('HR', ['vozačka dozvola'], ['\\d{8}'], '12345678'),
  license('HU', ['jogosítvány', 'illesztőprogramok lic', 'jogsi', 'licencszám', 'vezető engedély', 'vezetői engedély'], ['[A-Z]{2}\\d{6}'], 'AB123456'),
  license('IE', ['ceadúnas tiomána'], ['\\d{9}', '\\d{3} \\d{3} \\d{3}'], '123456789'),
  license('IT', ['patente di guida', 'patente di guida numero', 'patente guida', 'patente guida numero'], ['[A-Z]{2}\\d{7}[A-Z]', '[A-Z]\\d[A-Z]{2}\\d{5}[A-Z]', 'U1\\d{6}[A-Z]'], 'AB1234567X'),
  license('LT', ['vairuotojo pažymėjimas'], ['\\d{8}'], '12345678'),
  license('LU', ['fahrerlaubnis', 'führerschäin'], ['\\d{6}'], '123456'),
  license('LV', [
    'autovadītāja apliecība', 'licences numurs', 'vadītāja apliecība', 'vadītāja apliecības numurs', 'vadītāja atļauja', 'vadītāja licences numurs', 'vadītāji lic.',
  ], ['[A-Z]{2,3}\\d{6}'], 'ABC123456'),
  license('MT', ['liċenzja tas-sewqan'], ['[A-Z]{2}[_ ]?\\d{3}[_ ]?\\d{3}', '\\d{7}[A-Z]'], 'AB 123 456'),
  license('NL', ['rijbewijs', 'rijbewijsnummer', 'permis de conduire'], ['\\d{10}'], '1234567890'),
  license('PL', ['prawo jazdy', 'numer licencyjny', 'zezwolenie na prowadzenie'], ['\\d{5}/\\d{2}/\\d{4}'], '12345/06/0123'),
  license('PT', [
    'carta de condução', 'carteira de habilitação', 'carteira de motorist', 'carteira habilitação', 'carteira motorist', 'licença condução', 'licença de condução',
    'número de licença', 'número licença', 'permissão condução', 'permissão de condução',
  ], ['[A-Z]{1,2}-?\\d{5,6} ?\\d'], 'L-123456 7'),
  license('RO', ['permis de conducere', 'numărul permisului de conducere'], ['[A-Z]\\d{8}[A-Z]?', '\\d{9}'], 'B12345678'),
  license('SE', ['körkort', 'ajokortin numero', 'dlno# ajokortti', 'drivere lic.', 'förare lic.', 'körkort nummer', 'körkortsnummer', 'kuljettajat lic.'], ['\\d{6}[-+]?\\d{4}', '\\d{8}-?\\d{4}'], '811228-9874'),
  license('SI', ['vozniško dovoljenje'], ['\\d{9}'], '123456789'),
  license('SK', [
    'vodičský preukaz', 'číslo licencie', 'číslo vodičského preukazu', 'ovládače lic.', 'povolenia vodičov', 'povolenie jazdu', 'povolenie na jazdu', 'povolenie vodiča',
  ], ['[A-Z]\\d{7}'], 'A1234567'),
  license('US', ENGLISH, [
    '[A-Z]\\d{3,14}', '[A-Z]{2}\\d{5,7}', '\\d{7,10}', '\\d{12}', '\\d{3}[A-Z]{2}\\d{4}', '[A-Z]\\d{3}-?\\d{3}-?\\d{3}-?\\d{3}', '[A-Z]\\d{3}-?\\d{4}-?\\d{4}', '\\d{2}-?\\d{3}-?\\d{4}',
    '\\d{3}-?\\d{2}-?\\d{4}', '[A-Z]{3}\\*{2}[A-Z]{2}\\d{3}[A-Z]\\d', 'WDL[A-Z0-9]{9}', '[A-Z]\\d{4}-?\\d{5}-?\\d{5}',
  ], 'D1234567'),
]
