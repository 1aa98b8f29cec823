import type { Clock } from '../../base/clock.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { LogScope } from '../../model/log-scope.ts'
import type { LogBoundary, LogPageRead } from '../../model/log-read.ts'
import type { LogGroup, RetentionOf, StoredLogEvent } from '../../model/log.ts'
import type { Lane } from '../telemetry/lane.ts'
import type { Parameters, Telemetry } from '../telemetry/telemetry.ts'
import type { LogDirectory } from './log-directory.ts'
import type { LogIntake } from './log-intake.ts'

const DAY_MILLIS = 86_400_000
/** Of one answer, as AWS counts it. */
const PAGE_BYTES = 1_048_576
/** Beyond the message, as PutLogEvents counts it. */
const EVENT_BYTES = 26
/** Pages of no more events than this are read without looking at their sizes first: at 1 MB each they still fit. */
const FEW = 100

/** A search answers after about this long, whatever it has found. */
const SEARCH_MILLIS = 5_000
/** Events that are looked at together. */
const SEARCH_EVENTS = 5_000
const MOST_EVENTS = 10_000
const STRETCH_ROWS = 20_000_000

interface LogSearchResult {
  readonly events: readonly StoredLogEvent[]
  readonly next: LogBoundary | undefined
}

/** Reads log events. What was accepted before a read is found by it. */
export class LogReads {
  readonly #telemetry: Telemetry
  readonly #directory: LogDirectory
  readonly #intake: LogIntake
  readonly #retentionOf: RetentionOf
  readonly #clock: Clock

  constructor(telemetry: Telemetry, directory: LogDirectory, intake: LogIntake, retentionOf: RetentionOf, clock: Clock) {
    this.#telemetry = telemetry
    this.#directory = directory
    this.#intake = intake
    this.#retentionOf = retentionOf
    this.#clock = clock
  }

  /** Resolves when everything that these groups accepted before is in the store. */
  settled(groups: readonly number[]): Promise<void> {
    return this.#intake.settled(groups)
  }

  /** What can be seen of groups in a range of timestamps (`to` exclusive). */
  scopes(groups: readonly LogGroup[], from: number, to: number): readonly LogScope[] {
    const removals = this.#directory.removals
    return groups.map(group => {
      const { days } = this.#retentionOf(group)
      return {
        group: group.id,
        from: epochMillis(days === undefined ? from : Math.max(from, this.#clock.now() - days * DAY_MILLIS)),
        to: epochMillis(to),
        deleted: removals.flatMap(({ group: id, stream, upTo }) => (group.id === id && stream !== undefined ? [{ stream, upTo }] : [])),
      }
    })
  }

  /** Events in the order that was asked for, as many as fit into an answer. */
  async page(read: LogPageRead): Promise<readonly StoredLogEvent[]> {
    await this.settled([read.group.id])
    return (await this.#read(read)).events
  }

  /**
   * Events that `matches` lets through, in the order that was asked for, as many as fit into an answer or are found in a few seconds;
   * and where to go on, undefined when all were looked at.
   */
  async search(read: LogPageRead, matches: (message: string) => boolean): Promise<LogSearchResult> {
    const { group, limit, descending } = read
    await this.settled([group.id])
    const until = this.#clock.now() + SEARCH_MILLIS
    const found: StoredLogEvent[] = []
    let bytes = 0
    let boundary = read.boundary
    let edge = await this.#stretch(read, boundary?.timestamp)
    // Mostly few events fit a pattern; what is read in one go grows with what is found.
    let most = read.texts === undefined || read.texts.length === 0 ? SEARCH_EVENTS : FEW
    for (;;) {
      const range = descending ? { from: Math.max(read.from, edge), to: read.to } : { from: read.from, to: Math.min(read.to, edge) }
      // What the store could narrow is mostly wanted; of the rest, look at more than is asked for.
      const page = await this.#read({ ...read, ...range, boundary, limit: Math.min(most, Math.max(limit, SEARCH_EVENTS)) })
      most = Math.min(most * 10, MOST_EVENTS)
      for (const event of page.events) {
        boundary = { timestamp: event.timestamp, seq: descending ? event.seq : event.seq + 1n }
        if (!matches(event.message)) continue
        found.push(event)
        bytes += Buffer.byteLength(event.message) + EVENT_BYTES
        if (found.length === limit || bytes >= PAGE_BYTES) return { events: found, next: boundary }
      }
      if (!page.more) {
        if (descending ? edge <= read.from : edge >= read.to) return { events: found, next: undefined }
        boundary = { timestamp: edge, seq: 0n }
        edge = await this.#stretch(read, edge)
      }
      if (this.#clock.now() >= until) return { events: found, next: boundary }
    }
  }

  /** Up to where to look at once: the edge of some millions of events, so that no statement runs for ever. */
  async #stretch({ group, from, to, texts, descending }: LogPageRead, start: number | undefined): Promise<number> {
    const end = descending ? from : to
    if (texts === undefined || texts.length === 0) return end
    const [scope] = this.scopes([group], from, to)
    const range = descending
      ? { from: scope!.from, to: start === undefined ? scope!.to : Math.min(start + 1, scope!.to) }
      : { from: Math.max(start ?? 0, scope!.from), to: scope!.to }
    const sql = `SELECT ts FROM log_events WHERE grp = {group:UInt32} AND ts >= {from:Int64} AND ts < {to:Int64}
      ORDER BY ts ${descending ? 'DESC' : ''} LIMIT 1 OFFSET {rows:UInt32}`
    const [block] = await this.#telemetry.columns('slow', sql, { group: group.id, ...range, rows: STRETCH_ROWS })
    if (block === undefined) return end
    return Number(block.int64('ts')[0]) + (descending ? -1 : 1)
  }

  async #read(read: LogPageRead): Promise<{ readonly events: readonly StoredLogEvent[]; readonly more: boolean }> {
    const { where, parameters } = this.#condition(read)
    const order = read.descending ? 'ORDER BY ts DESC, seq DESC' : 'ORDER BY ts, seq'
    const lane: Lane = read.texts === undefined || read.texts.length === 0 ? 'quick' : 'slow'
    const limit = read.limit <= FEW ? read.limit : await this.#fitting(lane, `${where} ${order}`, parameters, read.limit)
    const message = read.unmask ? 'if(clear = \'\', message, clear)' : 'message'
    const sql = `SELECT ts, seq, CAST(stream, 'String') AS name, ${message} AS text FROM log_events WHERE ${where} ${order} LIMIT {limit:UInt32}`
    const events: StoredLogEvent[] = []
    for (const block of await this.#telemetry.columns(lane, sql, { ...parameters, limit })) {
      const [ts, seq, names, texts] = [block.int64('ts'), block.uint64('seq'), block.strings('name'), block.strings('text')]
      for (let row = 0; row < block.length; row++) {
        events.push({ timestamp: epochMillis(Number(ts[row])), seq: seq[row]!, stream: names[row]!, message: texts[row]! })
      }
    }
    return { events, more: events.length >= limit }
  }

  /** One event, whichever way it came to be known; undefined when it is not there (any more). */
  async event(group: LogGroup, timestamp: EpochMillis, seq: bigint, unmask: boolean): Promise<StoredLogEvent | undefined> {
    const boundary = { timestamp, seq }
    const [event] = await this.page({ group, from: timestamp, to: timestamp + 1, boundary, descending: false, limit: 1, unmask })
    return event?.seq === seq ? event : undefined
  }

  /** How many events of an answer fit into it; one always does. */
  async #fitting(lane: Lane, rest: string, parameters: Parameters, limit: number): Promise<number> {
    const sql = `SELECT toUInt64(length(message)) AS bytes FROM log_events WHERE ${rest} LIMIT {limit:UInt32}`
    let events = 0
    let bytes = 0
    for (const block of await this.#telemetry.columns(lane, sql, { ...parameters, limit })) {
      for (const size of block.uint64('bytes')) {
        bytes += Number(size) + EVENT_BYTES
        if (bytes > PAGE_BYTES && events > 0) return events
        events++
      }
    }
    return Math.max(1, events)
  }

  #condition(read: LogPageRead): { readonly where: string; readonly parameters: Parameters } {
    const [scope] = this.scopes([read.group], read.from, read.to)
    const { group, from, to, deleted } = scope!
    const conditions = ['grp = {group:UInt32}', 'ts >= {from:Int64}', 'ts < {to:Int64}']
    const parameters: Record<string, Parameters[string]> = { group, from, to }
    if (read.boundary !== undefined) {
      const sign = read.descending ? '<' : '>'
      conditions.push(`ts ${sign}= {at:Int64}`, `(ts ${sign} {at:Int64} OR seq ${read.descending ? '<' : '>='} {seq:UInt64})`)
      parameters['at'] = read.boundary.timestamp
      parameters['seq'] = read.boundary.seq
    }
    if (read.streams !== undefined) {
      conditions.push('stream IN {streams:Array(String)}')
      parameters['streams'] = read.streams
    }
    if (read.streamPrefix !== undefined) {
      conditions.push('startsWith(stream, {prefix:String})')
      parameters['prefix'] = read.streamPrefix
    }
    for (const [index, { stream, upTo }] of deleted.entries()) {
      conditions.push(`NOT (stream = {gone${index}:String} AND seq <= {gone${index}UpTo:UInt64})`)
      parameters[`gone${index}`] = stream
      parameters[`gone${index}UpTo`] = upTo
    }
    for (const [index, anyOf] of (read.texts ?? []).entries()) {
      conditions.push(`(${anyOf.map((_, each) => `message LIKE {text${index}x${each}:String}`).join(' OR ')})`)
      // The token filter knows what LIKE means, other than `position`.
      for (const [each, text] of anyOf.entries()) parameters[`text${index}x${each}`] = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    }
    return { where: conditions.join(' AND '), parameters }
  }
}
