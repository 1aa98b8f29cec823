import { expect, test } from 'vitest'
import type { Identifier } from './identifier.ts'
import { compileProtection } from './protection.ts'
import { FAMILIES } from './registry.ts'

const identifiers = Object.values(FAMILIES).flat()
const masker = ({ id }: Identifier) => {
  const { mask } = compileProtection([{ managedIdentifiers: [id], customIdentifiers: [], auditDestinations: [] }])
  return (text: string) => mask(text)
}

test.each(identifiers)('$id finds what it is for, and nothing else', identifier => {
  const mask = masker(identifier)
  for (const example of identifier.masks) {
    const stars = example.replace(/«([^»]*)»/gs, (_all, found: string) => '*'.repeat(found.length))
    const plain = example.replace(/[«»]/g, '')
    expect.soft(mask(plain)?.masked, plain).toBe(stars)
    expect.soft(mask(plain)?.findings.map(found => found.identifier)).toEqual(example.split('«').slice(1).map(() => identifier.id))
  }
  for (const text of identifier.leaves) expect.soft(mask(text)?.masked, text).toBeUndefined()
  expect(identifier.leaves.length).toBeGreaterThan(0)
  expect(identifier.masks.length > 0 || identifier.id === 'Name').toBe(true)
})

test('every identifier of AWS is there, once', () => {
  const ids = identifiers.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(AWS.toSorted())
})

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL-managed-data-identifiers.html */
const AWS = [
  ...'Address AwsSecretKey CreditCardExpiration CreditCardNumber CreditCardSecurityCode EmailAddress IpAddress LatLong Name OpenSshPrivateKey PgpPrivateKey'.split(' '),
  ...'PkcsPrivateKey PuttyPrivateKey VehicleIdentificationNumber DateOfBirth'.split(' '),
  ...'DE ES FR GB IT US'.split(' ').map(country => `BankAccountNumber-${country}`),
  ...'CepCode-BR Cnpj-BR CpfCode-BR RgNumber-BR'.split(' '),
  ...'AT AU BE BG CA CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK US'.split(' ').map(country => `DriversLicense-${country}`),
  ...'DrugEnforcementAgencyNumber-US ElectoralRollNumber-GB HealthInsuranceCardNumber-EU HealthInsuranceClaimNumber-US HealthInsuranceNumber-FR'.split(' '),
  ...'HealthcareProcedureCode-US IndividualTaxIdentificationNumber-US InseeCode-FR MedicareBeneficiaryNumber-US NationalDrugCode-US'.split(' '),
  ...'NationalIdentificationNumber-DE NationalIdentificationNumber-ES NationalIdentificationNumber-IT NationalInsuranceNumber-GB NationalProviderId-US'.split(' '),
  ...'NhsNumber-GB NieNumber-ES NifNumber-ES PersonalHealthNumber-CA PermanentResidenceNumber-CA PostalCode-CA SocialInsuranceNumber-CA'.split(' '),
  ...'CA DE ES FR GB IT US'.split(' ').map(country => `PassportNumber-${country}`),
  ...'BR DE ES FR GB IT US'.split(' ').map(country => `PhoneNumber-${country}`),
  ...'Ssn-ES Ssn-US TaxId-DE TaxId-ES TaxId-FR TaxId-GB ZipCode-US'.split(' '),
]
