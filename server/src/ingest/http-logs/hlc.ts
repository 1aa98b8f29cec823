import { BadLogBody, type HttpLogEvent, isObject, parsed } from './http-log-events.ts'
import { elementsOf, memberOf, valuesIn } from './json-texts.ts'

/**
 * The HTTP Log Collector's form: objects with an `event`, one after the other or in arrays. Others are skipped. Throws `BadLogBody` for what is
 * no JSON. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_HLC_Endpoint.html
 */
export const readHlc = (body: string): readonly HttpLogEvent[] => [...valuesIn(body)].flatMap(text => {
  const json = parsed(text)
  if (json === undefined) throw new BadLogBody('The body is not valid JSON')
  return eventsOf(json.value, text)
})

const eventsOf = (value: unknown, text: string): readonly HttpLogEvent[] => {
  if (Array.isArray(value)) return [...elementsOf(text)].flatMap(element => eventOf(JSON.parse(element), element))
  return eventOf(value, text)
}

const eventOf = (value: unknown, text: string): readonly HttpLogEvent[] => {
  if (!isObject(value) || !Object.hasOwn(value, 'event')) return []
  const { event, time } = value
  const inner = memberOf(text, 'event')!
  // As AWS's page shows a whole request: all of its events under one `event`.
  if (Array.isArray(event) && event.length > 0 && event.every(one => isObject(one) && Object.hasOwn(one, 'event'))) return eventsOf(event, inner)
  return [{ at: timeOf(time), message: messageOf(value, text, inner) }]
}

/** The event itself; with what else is said of it, where something is. */
const messageOf = (value: Readonly<Record<string, unknown>>, text: string, event: string): string => {
  if (Object.keys(value).some(name => name !== 'event' && name !== 'time')) return text
  return typeof value['event'] === 'string' ? value['event'] : event
}

/** Seconds since 1970, with or without a fraction, as a number or a text. */
const timeOf = (time: unknown): number | undefined => {
  if (typeof time !== 'number' && (typeof time !== 'string' || time.trim() === '')) return undefined
  const seconds = Number(time)
  return Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined
}
