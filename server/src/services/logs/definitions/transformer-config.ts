import type { Processor } from '@aws-sdk/client-cloudwatch-logs'
import { compileTransformer, type ProcessorConfig, type Transformer, TransformerProblem } from '../../../engines/log-transformers/transformer.ts'
import { type Constraint, list, oneOf, structure, text } from '../../constraints.ts'
import { invalidParameter } from '../faults.ts'

const KEY = text({ min: 1, max: 128 })
/** Of booleans the model says nothing more. */
const FLAG = text()
const entries = (members: Readonly<Record<string, Constraint>>, max = 5) =>
  structure({ entries: list(structure({ ...members, overwriteIfExists: FLAG }, Object.keys(members)), { min: 1, max }) }, ['entries'])
const vended = structure({ source: text({ min: 1, max: 128, pattern: /@message/ }) })
const withKeys = (max = 10) => structure({ withKeys: list(text({ min: 1 }), { min: 1, max }) }, ['withKeys'])

/** The model's limits of processors. */
export const TRANSFORMER_CONFIG = list(
  structure({
    addKeys: entries({ key: KEY, value: text({ min: 1, max: 256 }) }),
    copyValue: entries({ source: KEY, target: KEY }),
    csv: structure({ quoteCharacter: text({ min: 1, max: 1 }), delimiter: text({ min: 1, max: 2 }), columns: list(KEY, { max: 100 }), source: KEY, destination: KEY }),
    dateTimeConverter: structure(
      {
        source: KEY, target: KEY, targetFormat: text({ min: 1, max: 64 }), matchPatterns: list(text({ min: 1 }), { min: 1, max: 5 }),
        sourceTimezone: text({ min: 1 }), targetTimezone: text({ min: 1 }), locale: text({ min: 1 }),
      },
      ['source', 'target', 'matchPatterns'],
    ),
    deleteKeys: withKeys(5),
    grok: structure({ source: KEY, match: text({ min: 1, max: 512 }) }, ['match']),
    listToMap: structure({ source: KEY, key: KEY, valueKey: KEY, target: KEY, flatten: FLAG, flattenedElement: oneOf(['first', 'last']) }, ['source', 'key']),
    lowerCaseString: withKeys(),
    moveKeys: entries({ source: KEY, target: KEY }),
    parseJSON: structure({ source: KEY, destination: KEY }),
    parseKeyValue: structure({ source: KEY, destination: KEY, fieldDelimiter: KEY, keyValueDelimiter: KEY, keyPrefix: KEY, nonMatchValue: KEY, overwriteIfExists: FLAG }),
    parseCloudfront: vended,
    parsePostgres: vended,
    parseRoute53: vended,
    parseVPC: vended,
    parseWAF: vended,
    renameKeys: entries({ key: KEY, renameTo: KEY }),
    splitString: entries({ source: KEY, delimiter: KEY }, 10),
    substituteString: entries({ source: KEY, from: KEY, to: KEY }, 10),
    trimString: withKeys(),
    typeConverter: entries({ key: KEY, type: oneOf(['boolean', 'integer', 'double', 'string']) }),
    upperCaseString: withKeys(),
  }),
  { min: 1, max: 20 },
)

export const readTransformer = (config: readonly Processor[]): Transformer => {
  try {
    // The limits have been checked: what is required is there.
    return compileTransformer(config as readonly ProcessorConfig[])
  } catch (error) {
    if (error instanceof TransformerProblem) throw invalidParameter(error.message)
    throw error
  }
}

export const transformerDifferences = (config: string) => [
  { member: `${config}.parseToOCSF`, how: 'never there: this processor is refused' },
  { member: `${config}.grok`, how: 'expressions between and within patterns are RE2\'s; a pattern may match anywhere in the text' },
  { member: `${config}.dateTimeConverter`, how: 'what is in none of the patterns stays as it is; names of months and days are written in English' },
  { member: `${config}.substituteString`, how: 'expressions are RE2\'s' },
]
