import { isObject } from '../../base/is-object.ts'
import { BadLogBody, type HttpLogEvent, parsed } from './http-log-events.ts'
import { elementsOf, memberOf, valuesIn } from './json-texts.ts'

/**
 * The HTTP Log Collector's form: objects with an `event`, one after the other or in arrays. Others are skipped. Throws `BadLogBody` for what is
 * no JSON. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_HLC_Endpoint.html
 */
export const readHlc = (body: string): readonly HttpLogEvent[] => [...valuesIn(body)].flatMap(text => {
  const json = parsed(text)
  if (json === undefined) throw new BadLogBody('The body is not valid JSON')
  if (Array.isArray(json.value)) return inArray(text)
  if (!isEvent(json.value)) return []
  const { event } = json.value
  // As AWS's page shows a whole request: all of its events under one `event`.
  if (Array.isArray(event) && event.length > 0 && event.every(isEvent)) return inArray(memberOf(text, 'event')!)
  return [eventOf(json.value, text)]
})

const inArray = (array: string): readonly HttpLogEvent[] => [...elementsOf(array)].flatMap(element => {
  const value: unknown = JSON.parse(element)
  return isEvent(value) ? [eventOf(value, element)] : []
})

const isEvent = (value: unknown): value is Readonly<Record<string, unknown>> => isObject(value) && Object.hasOwn(value, 'event')

const eventOf = (value: Readonly<Record<string, unknown>>, text: string): HttpLogEvent => ({ at: timeOf(value['time']), message: messageOf(value, text) })

/** The event itself; with what else is said of it, where something is. */
const messageOf = (value: Readonly<Record<string, unknown>>, text: string): string => {
  if (Object.keys(value).some(name => name !== 'event' && name !== 'time')) return text
  return typeof value['event'] === 'string' ? value['event'] : memberOf(text, 'event')!
}

/** Seconds since 1970, with or without a fraction, as a number or a text. */
const timeOf = (time: unknown): number | undefined => {
  if (typeof time !== 'number' && (typeof time !== 'string' || time.trim() === '')) return undefined
  const seconds = Number(time)
  return Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined
}
