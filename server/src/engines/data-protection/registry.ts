import type { Identifier } from './identifier.ts'
import { BANK_ACCOUNTS } from './identifiers/bank-accounts.ts'
import { BRAZIL } from './identifiers/brazil.ts'
import { CANADA } from './identifiers/canada.ts'
import { CARDS } from './identifiers/cards.ts'
import { CONTACT } from './identifiers/contact.ts'
import { CREDENTIALS } from './identifiers/credentials.ts'
import { DATES_AND_PLACES } from './identifiers/dates-and-places.ts'
import { DRIVERS_LICENSES } from './identifiers/drivers-licenses.ts'
import { HEALTH } from './identifiers/health.ts'
import { NATIONAL_NUMBERS } from './identifiers/national-numbers.ts'
import { NETWORK } from './identifiers/network.ts'
import { PASSPORTS } from './identifiers/passports.ts'
import { PHONE_NUMBERS } from './identifiers/phone-numbers.ts'

/** In the order of the reference page. */
export const FAMILIES: Readonly<Record<string, readonly Identifier[]>> = {
  Credentials: CREDENTIALS,
  Devices: NETWORK,
  Cards: CARDS,
  'Bank accounts': BANK_ACCOUNTS,
  Health: HEALTH,
  People: [...CONTACT, ...DATES_AND_PLACES],
  'Phone numbers': PHONE_NUMBERS,
  'National numbers': [...NATIONAL_NUMBERS, ...BRAZIL, ...CANADA],
  Passports: PASSPORTS,
  "Driver's licenses": DRIVERS_LICENSES,
}

const BY_ID: ReadonlyMap<string, Identifier> = new Map(Object.values(FAMILIES).flat().map(identifier => [identifier.id, identifier]))

/** Undefined: there is no such managed data identifier. */
export const identifierById = (id: string): Identifier | undefined => BY_ID.get(id)
