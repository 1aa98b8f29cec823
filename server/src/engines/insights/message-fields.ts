import { and, boundText, boundTexts, call, cast, choose, column, constant, NULL, parameter, type Expression } from '../../sql/expression.ts'
import type { Fields } from './fields.ts'
import { lambdaField } from './lambda-fields.ts'
import { jsonPath } from './plan/json-access.ts'
import { contains } from './plan/like.ts'
import { withoutWideNumbers } from './plan/wide-numbers.ts'
import { lineField } from './line-fields.ts'
import { anyValue, finite, stringValue, timeValue, type Value } from './values.ts'

/** What messages may be, where that has to be looked at. */
export interface MessageKinds {
  /** They may have integers of more than 64 bits, whose JSON takes longer to read. */
  readonly wideNumbers?: boolean
  /** Their JSON may stand behind other text, as in lines of AWS Lambda; it goes to the end of the message. */
  readonly embedded?: boolean
  /** Some come with what a transformer made of them, in the column `transformed`: '' is nothing, ' ' that it could not. */
  readonly transformed?: boolean
}

interface MessageFieldsOptions extends MessageKinds {
  /** What `@log` shows of each group: `account:name`, by the group's number. */
  readonly labels: ReadonlyMap<number, string>
  /** Whether `@message` is the text as it was sent, also where data protection masked it. */
  readonly unmasked?: boolean
}

const NOTHING = anyValue(cast(NULL, 'Nullable(String)'))

/** Fields as they are found in the message alone: JSON (flattened), AWS Lambda, VPC flow logs, Route 53. */
export const messageFields = ({ labels, unmasked, wideNumbers, embedded, transformed = false }: MessageFieldsOptions): Fields => {
  const message = unmasked === true ? CLEAR : column('message')
  // Of originals nothing is transformed.
  const shaped = transformed && unmasked !== true
  const fielded = shaped ? choose([[call('greater', call('length', column('transformed')), constant(1)), column('transformed')]], message) : message
  const fragment = embedded === true ? call('substring', fielded, call('position', fielded, constant('{'))) : fielded
  const json = wideNumbers === true ? withoutWideNumbers(fragment) : fragment
  return {
    system: name => (shaped && name === '@transformationError' ? transformationError() : systemField(name, message, labels)),
    discovered: path => {
      const [first, ...rest] = path
      if (first!.startsWith('@') && !first!.startsWith('@@')) return NOTHING
      const field = jsonField(message, json, first!.startsWith('@@') ? [first!.slice(1), ...rest] : path)
      // What a transformer made need not stand in the message.
      return shaped ? { ...field, hint: undefined } : field
    },
  }
}

const transformationError = (): Value =>
  stringValue(choose([[call('equals', column('transformed'), constant(' ')), constant('The log event could not be transformed')]], NULL))

const systemField = (name: string, message: Expression, labels: ReadonlyMap<number, string>): Value | undefined => {
  switch (name) {
    case '@timestamp':
      return timeValue(column('ts'))
    case '@ingestionTime':
      return timeValue(call('toInt64', call('bitShiftRight', column('seq'), constant(20))))
    case '@message':
      return stringValue(message)
    case '@logStream':
      return stringValue(column('stream'))
    case '@log':
      return stringValue(labelOf(labels))
    case '@ptr':
      return stringValue(POINTER)
    default:
      return lambdaField(name, message)
  }
}

const CLEAR = choose([[call('notEmpty', column('clear')), column('clear')]], column('message'))

/** As `pointerOf` of model/log-identity.ts makes it. */
const POINTER = call('base64Encode', call('concat', call('toString', column('grp')), constant('-'), call('toString', column('ts')), constant('-'), call('toString', column('seq'))))

const labelOf = (labels: ReadonlyMap<number, string>): Expression =>
  call('transform', column('grp'), parameter('Array(UInt32)', [...labels.keys()]), parameter('Array(String)', [...labels.values()]), constant(''))

/** A member of the message's JSON, by its path or by the whole name as one key. */
const jsonField = (message: Expression, json: Expression, path: readonly string[]): Value => {
  const whole = path.length === 1 ? [] : [[path.join('.')]]
  const places = [path, ...whole].map(one => jsonPlace(json, one))
  const line = path.length === 1 ? lineField(path[0]!, message) : undefined
  const first = (values: readonly Expression[]): Expression => (values.length === 1 ? values[0]! : call('coalesce', ...values))
  const text = first([...places.map(place => place.text), ...(line === undefined ? [] : [line])])
  const number = first([...places.map(place => place.number), ...(line === undefined ? [] : [call('toFloat64OrNull', line)])])
  return {
    ...anyValue(text, finite(number)),
    json: first(places.map(place => place.json)),
    hint: wanted => (line === undefined && PLAIN.test(wanted) ? quotedHint(message, wanted) : equalityHint(message, wanted)),
    among: path.length === 1 && line === undefined ? texts => amongStrings(json, path[0]!, texts) : undefined,
  }
}

interface JsonPlace {
  readonly text: Expression
  readonly number: Expression
  readonly json: Expression
}

/** One reading of the message for each form. Maps and lists have no text, true and false are 1 and 0; texts that are numbers have them. */
const jsonPlace = (message: Expression, path: readonly string[]): JsonPlace => {
  const { container, keys } = jsonPath(message, path)
  const raw = call('JSONExtractRaw', container, ...keys)
  const text = call('JSONExtract', container, ...keys, constant('Nullable(String)'))
  const first = call('substring', text, constant(1), constant(1))
  const isText = call('startsWith', raw, constant('"'))
  // Only what begins so may be anything but a text or a number; and only then the member is read once more.
  const other = call('multiIf', isText, text, call('equals', first, constant('t')), constant('1'), call('equals', first, constant('f')), constant('0'), NULL)
  const isOther = call('in', first, call('tuple', constant('{'), constant('['), constant('t'), constant('f')))
  return {
    text: choose([[isOther, other]], text),
    number: call('JSONExtract', container, ...keys, constant('Nullable(Float64)')),
    json: call('nullIf', raw, constant('')),
  }
}

/** Whether a member is one of these strings; only of those that no number or truth is written as. */
const amongStrings = (message: Expression, key: string, texts: readonly string[]): Expression | undefined => {
  if (texts.length === 0 || texts.some(text => text === '' || NUMERIC.test(text))) return undefined
  const text = call('JSONExtractString', message, boundText(key))
  return texts.length === 1 ? call('equals', text, boundText(texts[0]!)) : call('in', text, boundTexts(texts))
}

const NUMERIC = /^[-0-9.eE+]+$/

/** A text of nothing but characters that no writer of JSON escapes: of punctuation, .NET escapes `&'+<>` and the grave accent, Gson `=`, PHP `/`. */
const PLAIN = /^[A-Za-z0-9 !#$%()*,.:;?@[\]^_{|}~-]+$/

/**
 * A message where a member is that text has it between quotes: found by one search, for which the index knows all of its words. (JSON that escapes
 * plain letters or digits, as `\u0041`, is not found by equality.)
 */
const quotedHint = (message: Expression, text: string): Expression | undefined =>
  // The engine writes numbers and truths in its own way, whatever the message's was.
  NUMERIC.test(text) ? undefined : contains(message, `"${text}"`)

/** Each makes it less likely that the index takes rows for such that are none, and takes time itself. */
const MOST_TOKENS = 6

/** Whole tokens of a text that occur in any message where a field is that text: runs of letters and digits between characters that are not escaped. */
const equalityHint = (message: Expression, text: string): Expression | undefined => {
  const tokens = [...text.matchAll(/(?<=^|[ !#$%()*,.:;?@[\]^_{|}~-])[A-Za-z0-9]+(?=$|[ !#$%()*,.:;?@[\]^_{|}~-])/g)]
  const longest = tokens.map(token => token[0]).sort((a, b) => b.length - a.length).slice(0, MOST_TOKENS)
  if (longest.length === 0 || NUMERIC.test(text)) return undefined
  return and(...longest.map(token => call('hasToken', message, boundText(token))))
}
