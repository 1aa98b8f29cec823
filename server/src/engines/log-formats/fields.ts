import { fitsEvent } from './event-limit.ts'
import type { ParsedEvent } from './log-format.ts'

export type Fields = Record<string, string | number>

/** An event of these fields; undefined where their JSON would be longer than an event may be. */
export const fieldsEvent = (timestamp: number | undefined, fields: Fields): ParsedEvent | undefined => {
  const message = JSON.stringify(fields)
  return fitsEvent(message) ? { timestamp, message, fields } : undefined
}

/** `-` is how most access logs write that there is nothing. */
export const putText = (fields: Fields, name: string, value: string | undefined): void => {
  if (value !== undefined && value !== '' && value !== '-') fields[name] = value
}

/** A number where the text is one, else the text; nothing where there is nothing. */
export const putNumber = (fields: Fields, name: string, value: string | undefined): void => {
  if (value !== undefined && value !== '' && value !== '-') fields[name] = /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value
}

/** `address:port`, with the address in brackets where it is of IPv6 and the log's writer cares. */
export const putEndpoint = (fields: Fields, prefix: string, value: string | undefined): void => {
  const colon = value?.lastIndexOf(':') ?? -1
  if (value === undefined || colon <= 0) return putText(fields, `${prefix}_ip`, value)
  putText(fields, `${prefix}_ip`, value.slice(0, colon))
  putNumber(fields, `${prefix}_port`, value.slice(colon + 1))
}
