import { EVENT_BYTES, fitsEvent } from './event-limit.ts'
import { jsonObject, jsonTime } from './json-time.ts'
import { JsonScanner, type Place } from './json-scanner.ts'
import { BrokenLog, type FormatName, type LineParser, type LogFormat, type ParsedEvent } from './log-format.ts'
import { TextReader } from './text-reader.ts'

const format = (name: FormatName, text: string, place: Place, begins: RegExp): LogFormat => ({
  name,
  text,
  fits: sample => begins.test(sample.text),
  open: () => parser(place),
})

const parser = (place: Place): LineParser => {
  const reader = new TextReader()
  const scanner = new JsonScanner(place)
  let count = 0
  let last: number | undefined
  const events = (records: readonly string[]): readonly ParsedEvent[] =>
    records.map(record => {
      count++
      const event = eventOf(record, count)
      last = event.timestamp ?? last
      return event.timestamp === undefined ? { ...event, timestamp: last } : event
    })
  return {
    push: bytes => events(scanner.push(reader.read(bytes))),
    end: () => [...events(scanner.push(reader.end())), ...events(scanner.end())],
  }
}

/** One record an event, in one line; all else stays as it was written. */
const eventOf = (record: string, count: number): ParsedEvent => {
  if (!fitsEvent(record)) throw new BrokenLog('record-too-long', `Record ${count} is longer than an event may be (${EVENT_BYTES} bytes).`)
  const value = parsed(record, count)
  const message = record.includes('\n') ? JSON.stringify(value) : record
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { timestamp: undefined, message }
  const fields = value as Readonly<Record<string, unknown>>
  return { timestamp: jsonTime(fields), message, fields }
}

const parsed = (record: string, count: number): unknown => {
  try {
    return JSON.parse(record)
  } catch (error) {
    throw new BrokenLog('not-json', `Record ${count}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html; CloudWatch Logs gets its records without the wrapper. */
export const cloudTrail = format('cloudtrail', 'An object with `Records`, as CloudTrail writes it: each record is an event.', 'records', /^\s*\{\s*"Records"\s*:\s*\[/)
/** What CloudTrail says every hour of the files it wrote, beside them: there is no event in it. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html */
export const cloudTrailDigest: LogFormat = {
  name: 'cloudtrail-digest',
  text: "A digest of CloudTrail's files: it holds no events.",
  fits: ({ text }) => /^\s*\{\s*"awsAccountId"\s*:\s*"\d{12}"\s*,\s*"digestStartTime"\s*:/.test(text),
  open: () => ({ push: () => [], end: () => [] }),
}
export const jsonArray = format('json-array', 'A JSON array: each element is an event.', 'array', /^\s*\[\s*(?:[{"]|\]?\s*$)/)
/** Where lines are not whole values: written over several lines, or one right behind the other. */
const values = format('json-values', 'JSON objects over several lines, or without line ends between them.', 'values', /^\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})/)
export const jsonValues: LogFormat = { ...values, fits: sample => values.fits(sample) && jsonObject(sample.lines[0] ?? '') === undefined }
