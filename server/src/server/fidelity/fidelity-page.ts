import type { Service } from '../../services/operation.ts'
import { featureTables } from './feature-tables.ts'
import { everyOperation, servedOperations } from './operation-tables.ts'

interface Services {
  readonly cloudWatch: Service
  /** Those that Tocsin serves a part of. */
  readonly others: Readonly<Record<string, Service>>
}

/** docs/fidelity.md: what the operations and registries say of themselves. */
export const fidelityPage = ({ cloudWatch, others }: Services): string =>
  [
    INTRODUCTION,
    '## CloudWatch: operations',
    everyOperation(cloudWatch),
    '## CloudWatch: features',
    ...featureTables(),
    ...Object.entries(others).flatMap(([name, service]) => [`## ${name}: operations`, service.missing === undefined ? servedOperations(service) : everyOperation(service)]),
  ].join('\n\n') + '\n'

const INTRODUCTION = `# How faithful Tocsin is

Every operation and feature of CloudWatch, held against AWS's own model: *done*, *differs* and how, or *missing*. This page is made
of the code: operations declare where they differ beside their handlers (\`server/src/services/cloudwatch/\`), features come from the
registries that the server works by, and a check finds members of AWS's model that no code looks at. What holds for all of Tocsin, and
what AWS does not say, is in [Where Tocsin differs](divergences.md).

A member without a word about it is read, checked and answered as AWS does. Operations that are missing answer \`NotImplemented\`,
status 501, with their name.`
