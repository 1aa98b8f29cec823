import { isObject } from '../../base/is-object.ts'
import { type HttpLogEvent, millisOf, BadLogBody, parsed } from './http-log-events.ts'
import { elementsOf } from './json-texts.ts'

/**
 * One JSON value a line; of arrays, each element is an event. Lines that are no JSON are skipped. Throws `BadLogBody` if all of them are.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_HTTP_Endpoints_NDJSON.html
 */
export const readNdJson = (body: string): readonly HttpLogEvent[] => {
  const lines = body.split('\n').map(line => line.trim()).filter(line => line !== '')
  const read = lines.flatMap(line => {
    const json = parsed(line)
    if (json === undefined) return []
    return [Array.isArray(json.value) ? [...elementsOf(line)].map(element => eventOf(JSON.parse(element), element)) : [eventOf(json.value, line)]]
  })
  if (lines.length > 0 && read.length === 0) throw new BadLogBody('All events were invalid')
  return read.flat()
}

const eventOf = (value: unknown, text: string): HttpLogEvent => {
  if (typeof value === 'string') return { at: undefined, message: value }
  return { at: isObject(value) ? millisOf(value) : undefined, message: text }
}
