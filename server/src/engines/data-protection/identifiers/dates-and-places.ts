import type { Identifier } from '../identifier.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LONG = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december', 'sept']

const isMonthName = (name: string): boolean => MONTHS.includes(name) || LONG.includes(name)

/** Day, month and year in some order; a month may be a name. */
const isDate = (_compact: string, found: string): boolean => {
  const names = found.toLowerCase().match(/[a-z]{3,}/g) ?? []
  const numbers = (/^\d{8}$/.test(found) ? eightDigits(found) : (found.replace(/T.*$/, '').match(/\d+/g) ?? [])).map(Number)
  if (names.length > 0) return isMonthName(names[0] ?? '') && numbers.length === 2 && numbers.some(isDay) && numbers.some(isYear)
  const [a = 0, b = 0, c = 0] = numbers
  return a > 31 ? isYear(a) && isMonth(b) && isDay(c) : isYear(c) && ((isMonth(a) && isDay(b)) || (isDay(a) && isMonth(b)))
}

const eightDigits = (text: string): readonly string[] =>
  /^(?:19|20)/.test(text) ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)] : [text.slice(0, 2), text.slice(2, 4), text.slice(4)]
const isDay = (value: number): boolean => value >= 1 && value <= 31
const isMonth = (value: number): boolean => value >= 1 && value <= 12
const isYear = (value: number): boolean => value < 100 || (value >= 1880 && value <= 2100)

/** North America and China check their numbers (ISO 3779 leaves it open): the ninth character is the weighted sum's remainder by 11. */
const isVin = (vin: string): boolean => {
  if (!/\d/.test(vin) || !/[A-Z]/.test(vin) || !/\d\d$/.test(vin)) return false
  if (!/^[1-5L]/.test(vin)) return true
  const rest = Array.from(vin).reduce((sum, char, at) => sum + (VIN_VALUES[char] ?? Number(char)) * (VIN_WEIGHTS[at] ?? 0), 0) % 11
  return vin[8] === (rest === 10 ? 'X' : String(rest))
}

const VIN_VALUES: Readonly<Record<string, number>> = Object.fromEntries(Array.from('ABCDEFGHJKLMNPRSTUVWXYZ').map((char, at) => [char, Number('12345678123457923456789'[at])]))
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

export const DATES_AND_PLACES: readonly Identifier[] = [
  {
    id: 'DateOfBirth',
    text: 'Dates of birth: day, month and year, in digits or with the month by its English name.',
    keywords: ['dob', 'date of birth', 'birthdate', 'birth date', 'birthday', 'b-day', 'bday'],
    forms: [
      '\\d{4}[-/. ]\\d{1,2}[-/. ]\\d{1,2}', '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.?\\d{0,9}Z?', '\\d{1,2}[-/. ]\\d{1,2}[-/. ]\\d{2,4}', '\\d{8}',
      '\\d{1,2}[- /]?[A-Za-z]{3,9},?[- /]\\d{2,4}', '[A-Za-z]{3,9}[- ]\\d{1,2},?[- ]\\d{4}',
    ],
    accepts: isDate,
    masks: [
      'DOB «01/31/1980»', '{"dateOfBirth":"«1980-01-31»"}', 'born, birth date «31 January 1980»', 'birthday «Jan 31, 1980»', 'dob=«19800131»', 'bday «31.1.80»',
      '{"dob":"«1980-01-31T00:00:00.000Z»"}',
    ],
    leaves: ['on 01/31/1980', 'DOB 41/31/1980', 'DOB 1980-13-31', 'DOB 99 Foo 1980', 'dobson 01/31/1980'],
  },
  {
    id: 'LatLong',
    text: 'Coordinates in decimal degrees, as a pair.',
    keywords: ['coordinate', 'coordinates', 'lat long', 'latitude longitude', 'location', 'position', 'lat lon', 'latlng'],
    forms: ['[-+]?\\d{1,2}\\.\\d{3,15}[,;]? ?[-+]?\\d{1,3}\\.\\d{3,15}'],
    accepts: (_compact, found) => /[,; ]/.test(found) && found.split(/[,; ]+/).every((part, at) => Math.abs(Number(part)) <= (at === 0 ? 90 : 180)),
    masks: ['location «41.948614,-87.655311»', '{"coordinates":[«41.948614, -87.655311»]}', 'position: «-33.8688 151.2093»'],
    leaves: ['took 41.948614,87.655311', 'location 41.9,87.6', 'location 91.948614,-87.655311', 'position 41.948614'],
  },
  {
    id: 'ZipCode-US',
    text: 'Postal codes of the United States.',
    keywords: ['zip code', 'zip+4'],
    forms: ['\\d{5}', '\\d{5}-\\d{4}'],
    masks: ['zip code «98109»', '{"zipCode":"«98109-1234»"}', 'ZIP+4: «98109-1234»'],
    leaves: ['zip 98109', 'zip code 9810', 'zip code 981091'],
  },
  {
    id: 'VehicleIdentificationNumber',
    text: 'Vehicle identification numbers of 17 characters (ISO 3779); those of North America and China with the check digit that fits.',
    keywords: [
      'Fahrgestellnummer', 'niv', 'numarul de identificare', 'numarul seriei de sasiu', 'serie sasiu', 'numer VIN', 'Número de Identificação do Veículo',
      'Número de Identificación de Automóviles', "numéro d'identification du véhicule", 'vehicle identification number', 'vin', 'VIN numeris',
    ],
    forms: ['[A-HJ-NPR-Z0-9]{17}'],
    accepts: isVin,
    masks: ['VIN «1M8GDM9AXKP042788»', '{"vin":"«1HGCM82633A004352»"}', 'Fahrgestellnummer: «WDB9066331S123456»'],
    leaves: ['VIN 1M8GDM9A1KP042788', 'VIN 1M8GDM9AXKP04278', 'vintage 1M8GDM9AXKP042788', 'key 1M8GDM9AXKP042788', 'VIN 1M8GDM9AXKO042788'],
  },
]
