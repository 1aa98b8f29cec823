import { type Identifier, PROXIMITY } from './identifier.ts'
import { FAMILIES } from './registry.ts'

/** docs/data-protection.md: what the identifiers say of themselves. */
export const referencePage = (): string =>
  `${[INTRODUCTION, ...Object.entries(FAMILIES).flatMap(([family, identifiers]) => [`## ${family}`, ...identifiers.map(entry)])].join('\n\n')}\n`

const INTRODUCTION = `# Data protection

The managed data identifiers of a data protection policy, as \`arn:aws:dataprotection::aws:data-identifier/<Id>\`. This page is made of what
they say of themselves in \`server/src/engines/data-protection/identifiers/\`; every example on it runs as a test. \`«…»\` is what is masked, with
\`*\` for each character; the other lines are left as they are.

Where keywords are named, one of them has to stand within ${PROXIMITY} characters of the data; they are AWS's, and a few more. Case and accents do not
matter, a blank in a keyword may be missing or be \`_\` or \`-\`, and \`cardNumber\` has the keyword \`card number\`. A form is checked further
where its numbers can be: check digits, ranges that are given out.

Custom data identifiers are regular expressions in RE2's syntax, of which a policy may have ten: \`MRN-\\d{8}\` finds the numbers of a hospital's
records. They need no keyword. What belongs together has to be in one event: a private key that is logged line by line is not known as one.`

const entry = ({ id, text, keywords, masks, leaves }: Identifier): string =>
  [
    `### ${id}`,
    text,
    ...(keywords.length === 0 ? [] : [`Keywords: ${keywords.map(code).join(', ')}.`]),
    ['```', ...[...masks, ...leaves].map(oneLine), '```'].join('\n'),
  ].join('\n\n')

const code = (keyword: string): string => `\`${keyword}\``
const oneLine = (example: string): string => example.replaceAll('\n', '⏎')
