import { detectFormat } from './detect-format.ts'
import type { LogFormat, ParsedEvent } from './log-format.ts'

/** 2026-02-01T00:00:00Z */
const MODIFIED_AT = Date.UTC(2026, 1, 1)

export const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : content)

/** All events of an object, given in pieces of `size` bytes. */
export const eventsOf = (format: LogFormat, content: string | Uint8Array, size = 65_536): readonly ParsedEvent[] => {
  const parser = format.open({ modifiedAt: MODIFIED_AT })
  const bytes = bytesOf(content)
  const events: ParsedEvent[] = []
  for (let at = 0; at < bytes.length; at += size) events.push(...parser.push(bytes.subarray(at, at + size)))
  return [...events, ...parser.end()]
}

/** As a drop is read: the format by the content. */
export const readDrop = (content: string | Uint8Array, size?: number): { readonly format: string; readonly events: readonly ParsedEvent[] } => {
  const format = detectFormat(bytesOf(content), 'logs/a.log')
  return { format: format.name, events: eventsOf(format, content, size) }
}

export const time = (iso: string): number => Date.parse(iso)
