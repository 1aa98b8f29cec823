import { RE2JSException } from 're2js'
import type { Fields, TransformedEvent } from './fields.ts'
import { type AddedKey, addKeys, copyValue, deleteKeys, type Entry, type ListToMap, listToMap, moveKeys, type RenamedKey, renameKeys } from './keys.ts'
import { dateTimeConverter, type DateTimeConfig, DateTimeProblem } from './date-time.ts'
import { type Grok, grok, GrokProblem } from './grok.ts'
import { type Csv, csv, type KeyValue, parseJson, parseKeyValue, type Processor } from './parsers.ts'
import { lowerCase, splitString, substituteString, trim, typeConverter, upperCase } from './strings.ts'
import { parseCloudfront, parsePostgres, parseRoute53, parseVpc, parseWaf } from './vended.ts'

/** The transformer is refused; `message` says why. */
export class TransformerProblem extends Error {
  override readonly name = 'TransformerProblem'
}

/** A processor as the API has it: one of these members. */
export interface ProcessorConfig {
  readonly parseJSON?: { readonly source?: string | undefined; readonly destination?: string | undefined } | undefined
  readonly csv?: Csv | undefined
  readonly grok?: Grok | undefined
  readonly dateTimeConverter?: DateTimeConfig | undefined
  readonly parseKeyValue?: KeyValue | undefined
  readonly parseVPC?: object | undefined
  readonly parseWAF?: object | undefined
  readonly parseRoute53?: object | undefined
  readonly parsePostgres?: object | undefined
  readonly parseCloudfront?: object | undefined
  readonly addKeys?: Entries<AddedKey> | undefined
  readonly deleteKeys?: Keys | undefined
  readonly moveKeys?: Entries<Entry> | undefined
  readonly renameKeys?: Entries<RenamedKey> | undefined
  readonly copyValue?: Entries<Entry> | undefined
  readonly listToMap?: ListToMap | undefined
  readonly lowerCaseString?: Keys | undefined
  readonly upperCaseString?: Keys | undefined
  readonly trimString?: Keys | undefined
  readonly splitString?: Entries<{ readonly source: string; readonly delimiter: string }> | undefined
  readonly substituteString?: Entries<{ readonly source: string; readonly from: string; readonly to: string }> | undefined
  readonly typeConverter?: Entries<{ readonly key: string; readonly type: string }> | undefined
}

interface Entries<Item> {
  readonly entries: readonly Item[]
}
interface Keys {
  readonly withKeys: readonly string[]
}
type Kind = keyof ProcessorConfig

/** By its member; the configuration is that member's. */
const COMPILERS: { readonly [Name in Kind]: (config: NonNullable<ProcessorConfig[Name]>) => Processor } = {
  parseJSON: parseJson,
  csv,
  grok,
  dateTimeConverter,
  parseKeyValue,
  parseVPC: parseVpc,
  parseWAF: parseWaf,
  parseRoute53,
  parsePostgres,
  parseCloudfront,
  addKeys: ({ entries }) => addKeys(entries),
  deleteKeys: ({ withKeys }) => deleteKeys(withKeys),
  moveKeys: ({ entries }) => moveKeys(entries),
  renameKeys: ({ entries }) => renameKeys(entries),
  copyValue: ({ entries }) => copyValue(entries),
  listToMap,
  lowerCaseString: ({ withKeys }) => lowerCase(withKeys),
  upperCaseString: ({ withKeys }) => upperCase(withKeys),
  trimString: ({ withKeys }) => trim(withKeys),
  splitString: ({ entries }) => splitString(entries),
  substituteString: ({ entries }) => substituteString(entries),
  typeConverter: ({ entries }) => typeConverter(entries),
}
const CONFIGURABLE: ReadonlySet<string> = new Set(['parseJSON', 'csv', 'parseKeyValue', 'grok'])
const VENDED: ReadonlySet<string> = new Set(['parseVPC', 'parseWAF', 'parseRoute53', 'parsePostgres', 'parseCloudfront'])
const PARSERS = 5

export interface Transformer {
  /** JSON of the event's fields; undefined where a parser cannot read it. */
  readonly transform: (event: TransformedEvent) => string | undefined
}

/** Throws {@link TransformerProblem} where CloudWatch Logs would refuse it, and for what is not done here. */
export const compileTransformer = (configs: readonly ProcessorConfig[]): Transformer => {
  const named = configs.map(config => {
    const [kind, ...more] = Object.entries(config).filter(([, value]) => value !== undefined).map(([name]) => name)
    if (kind === undefined || more.length > 0) throw new TransformerProblem('Each processor must have exactly one type.')
    if (!Object.hasOwn(COMPILERS, kind)) throw new TransformerProblem(`The processor ${kind} is not supported.`)
    return { kind: kind as Kind, config }
  })
  checkOrder(named.map(({ kind }) => kind))
  const processors = named.map(({ kind, config }) => compiled(kind, config))
  return {
    transform(event) {
      const fields: Fields = {}
      for (const process of processors) if (process(fields, event) === false) return undefined
      return JSON.stringify(fields)
    },
  }
}

/** As AWS lists them: with those that only its console offers, and those that are not done here. */
const PARSERS_ALLOWED =
  'parsePostgres, parseWAF, parseCloudfront, parseCloudfrontOCSF, parseRoute53, parseLambda, parseVPC, parseSyslog, parseRDS, parseCiscoFTD, ' +
  'parseF5BigIP, parseCiscoISE, parseForescoutNac, parseInfobloxDDI, parseToOCSF, parseJSON, grok, csv, parseKeyValue'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Transformation-Create.html */
const checkOrder = (kinds: readonly Kind[]): void => {
  const parsers = kinds.filter(kind => CONFIGURABLE.has(kind) || VENDED.has(kind))
  if (kinds[0] === undefined || parsers[0] !== kinds[0]) throw new TransformerProblem(`Transformer config should begin with parser. Allowed parsers are ${PARSERS_ALLOWED}`)
  if (parsers.length > PARSERS) throw new TransformerProblem(`A transformer can have at most ${PARSERS} parsers.`)
  if (kinds.slice(1).some(kind => VENDED.has(kind))) throw new TransformerProblem('A parser of a type of AWS logs must be the first processor.')
  for (const single of ['addKeys', 'copyValue', 'grok'] as const) {
    if (kinds.filter(kind => kind === single).length > 1) throw new TransformerProblem(`A transformer can have only one ${single} processor.`)
  }
}

const compiled = (kind: Kind, config: ProcessorConfig): Processor => {
  try {
    return (COMPILERS[kind] as (config: unknown) => Processor)(config[kind])
  } catch (error) {
    if (error instanceof GrokProblem || error instanceof DateTimeProblem) throw new TransformerProblem(error.message)
    if (error instanceof RE2JSException) throw new TransformerProblem(`An expression of ${kind} is not valid: ${error.message}`)
    throw error
  }
}
