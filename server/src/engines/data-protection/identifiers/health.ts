import { luhn, weighted } from '../checksums.ts'
import type { Identifier } from '../identifier.ts'
import { isInsee } from './insee.ts'

const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48

/** The seventh digit is the last of: the first, third and fifth, and twice the others. */
const isDea = (text: string): boolean => {
  const [a, b, c, d, e, f, check] = Array.from(text.slice(2)).map(Number)
  return (a! + c! + e! + 2 * (b! + d! + f!)) % 10 === check
}

/** Mod 11, weights 10 down to 2; 10 is never given out. */
const isNhs = (digits: string): boolean => (11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digitAt(digits, 9)

/** British Columbia checks its numbers (mod 11 over digits 2 to 9); the other provinces' forms say nothing. */
const isPersonalHealth = (digits: string): boolean =>
  digits.length !== 10 || !digits.startsWith('9') || 11 - (weighted(digits.slice(1), [2, 4, 8, 5, 10, 9, 7, 3]) % 11) === digitAt(digits, 9)

export const HEALTH: readonly Identifier[] = [
  {
    id: 'DrugEnforcementAgencyNumber-US',
    text: 'Registration numbers of the Drug Enforcement Agency: two letters and seven digits whose last one fits.',
    keywords: ['dea number', 'dea registration', 'dea no', 'dea#'],
    forms: ['[A-HJ-NP-UXZ][A-Z9]\\d{7}'],
    accepts: isDea,
    masks: ['DEA number «AB1234563»', '{"deaNumber":"«AB1234563»"}', 'dea_registration=«F91234563»'],
    leaves: ['DEA number AB1234564', 'part AB1234563', 'DEA number AB12345634'],
  },
  {
    id: 'HealthInsuranceCardNumber-EU',
    text: 'Numbers of the European Health Insurance Card: 20 digits that begin with 80.',
    keywords: [
      'assicurazione sanitaria numero', 'carta assicurazione numero', "carte d'assurance maladie", "carte européenne d'assurance maladie", 'ceam', 'ehic', 'ehic#',
      'finlandehicnumber#', 'gesundheitskarte', 'hälsokort', 'health card', 'health card number', 'health insurance card', 'health insurance number',
      'insurance card number', 'krankenversicherungskarte', 'krankenversicherungsnummer', 'medical account number', 'numero conto medico', "numéro d'assurance maladie",
      "numéro de carte d'assurance", 'numéro de compte medical', 'número de cuenta médica', 'número de seguro de salud', 'número de tarjeta de seguro',
      'sairaanhoitokortin', 'sairausvakuutuskortti', 'sairausvakuutusnumero', 'sjukförsäkring nummer', 'sjukförsäkringskort', 'suomi ehic-numero', 'tarjeta de salud',
      'terveyskortti', 'tessera sanitaria assicurazione numero', 'versicherungsnummer',
    ],
    forms: ['80[- ]?\\d{3}[- ]?\\d{5}[- ]?\\d{10}'],
    masks: ['EHIC «80040000010000000001»', 'Krankenversicherungskarte: «80-276-12345-1234567890»', 'numero de cuenta medica «80724000010000000001»'],
    leaves: ['EHIC 90040000010000000001', 'order 80040000010000000001', 'EHIC 8004000001'],
  },
  {
    id: 'HealthInsuranceClaimNumber-US',
    text: 'Claim numbers of Medicare before 2020: a social security number with a letter behind it, or letters before it for railroad workers.',
    keywords: ['health insurance claim number', 'hic no', 'hic no.', 'hic number', 'hic#', 'hicn', 'hicn#', 'hicno#'],
    forms: ['\\d{3}-?\\d{2}-?\\d{4}-?[A-Z]\\d?', '[A-Z]{1,3}-?\\d{6}', '[A-Z]{1,3}-?\\d{3}-?\\d{2}-?\\d{4}'],
    masks: ['HICN «123-45-6789A»', '{"hicn":"«123456789B1»"}', 'HIC number: «WCA-123456»'],
    leaves: ['id 123-45-6789A', 'HICN 123-45-6789', 'HICN 12A'],
  },
  {
    id: 'HealthInsuranceNumber-FR',
    text: 'Numbers of the French health insurance, which are those of INSEE: 13 characters and two check digits that fit.',
    keywords: ["carte d'assuré social", 'carte vitale', 'insurance card'],
    forms: ['[1-8] ?\\d{2} ?\\d{2} ?\\d[0-9AB] ?\\d{3} ?\\d{3} ?\\d{2}'],
    accepts: isInsee,
    masks: ['carte vitale «255081416802538»', "carte d'assuré social: «2 55 08 14 168 025 38»"],
    leaves: ['carte vitale 255081416802539', 'colis 255081416802538'],
  },
  {
    id: 'HealthcareProcedureCode-US',
    text: 'Codes of procedures (HCPCS and CPT): a letter and four digits, five digits, or four and a letter.',
    keywords: ['current procedural terminology', 'hcpcs', 'healthcare common procedure coding system'],
    forms: ['[A-V]\\d{4}', '\\d{5}', '\\d{4}[A-Z]'],
    masks: ['HCPCS «J1885»', 'current procedural terminology: «99213»', '{"hcpcs":"«0001F»"}'],
    leaves: ['code J1885', 'HCPCS J188', 'HCPCS W18855'],
  },
  {
    id: 'MedicareBeneficiaryNumber-US',
    text: 'Numbers of Medicare since 2018: 11 characters, none of S, L, O, I, B and Z among them.',
    keywords: ['mbi', 'medicare beneficiary'],
    forms: ['[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y]{2}\\d{2}'],
    masks: ['MBI «1EG4-TE5-MK73»', '{"medicareBeneficiary":"«1EG4TE5MK73»"}'],
    leaves: ['MBI 0EG4-TE5-MK73', 'MBI 1SG4-TE5-MK73', 'key 1EG4TE5MK73'],
  },
  {
    id: 'NationalDrugCode-US',
    text: 'Codes of drugs: labeler, product and package, of 10 or 11 digits.',
    keywords: ['national drug code', 'ndc'],
    forms: ['\\d{4}-\\d{4}-\\d{2}', '\\d{5}-\\d{3}-\\d{2}', '\\d{5}-\\d{4}-\\d{1,2}', '\\d{11}'],
    masks: ['NDC «0777-3105-02»', 'ndc: «50242-040-62»', 'NDC «60574-4114-1»', '{"ndc":"«00777310502»"}'],
    leaves: ['sku 0777-3105-02', 'NDC 0777-3105', 'NDC 777-3105-02'],
  },
  {
    id: 'NationalInsuranceNumber-GB',
    text: 'National Insurance numbers: two letters that are given out, six digits, A to D.',
    keywords: ['insurance no.', 'insurance number', 'insurance#', 'national insurance number', 'nationalinsurance#', 'nationalinsurancenumber', 'nin', 'nino'],
    forms: ['[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]'],
    accepts: text => !['BG', 'GB', 'NK', 'KN', 'TN', 'NT', 'ZZ'].includes(text.slice(0, 2)),
    masks: ['NINO «AB123456C»', '{"nationalInsuranceNumber":"«AB 12 34 56 C»"}'],
    leaves: ['NINO QQ123456C', 'NINO GB123456C', 'NINO AB123456E', 'ref AB123456C'],
  },
  {
    id: 'NationalProviderId-US',
    text: 'Numbers of health care providers: 10 digits that begin with 1 or 2 and whose last one fits (Luhn, with 80840 before it).',
    keywords: ['hipaa', 'n.p.i.', 'national provider', 'npi'],
    forms: ['[12]\\d{9}'],
    accepts: digits => luhn(`80840${digits}`),
    masks: ['NPI «1234567893»', '{"nationalProviderId":"«1245319599»"}', 'n.p.i.: «1234567893»'],
    leaves: ['NPI 1234567890', 'order 1234567893', 'NPI 3234567891'],
  },
  {
    id: 'NhsNumber-GB',
    text: 'Numbers of the National Health Service: 10 digits whose last one fits.',
    keywords: ['national health service', 'NHS'],
    forms: ['\\d{3}[- ]?\\d{3}[- ]?\\d{4}'],
    accepts: isNhs,
    masks: ['NHS number «943 476 5919»', '{"nhsNumber":"«9434765919»"}', 'NHS: «943-476-5919»'],
    leaves: ['NHS number 943 476 5918', 'tracking 9434765919'],
  },
  {
    id: 'PersonalHealthNumber-CA',
    text: 'Personal health numbers of the provinces: 10 or 9 digits; those of British Columbia with a last digit that fits.',
    keywords: ['canada healthcare number', 'msp number', 'care number', 'phn', 'soins de santé'],
    forms: ['\\d{4}[- ]?\\d{3}[- ]?\\d{3}', '\\d{5}-?\\d{4}', '\\d{3} \\d{3} \\d{3}'],
    accepts: isPersonalHealth,
    masks: ['PHN «9698 658 215»', '{"phn":"«9698658215»"}', 'care number «12345-6789»'],
    leaves: ['PHN 9698 658 216', 'order 9698658215', 'PHN 1234'],
  },
]
