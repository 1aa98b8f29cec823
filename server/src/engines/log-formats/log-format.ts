/** One event of an object, ready to be put into a log stream. */
export interface ParsedEvent {
  /** Epoch milliseconds, from the line; undefined where neither it nor a line before it says when it was. */
  readonly timestamp: number | undefined
  /** JSON with the format's documented field names, or the text as it stood where it is not of the format. Never empty. */
  readonly message: string
  /** What `message` is the JSON of, where it is. */
  readonly fields?: Readonly<Record<string, unknown>>
}

/** Takes an object's bytes (decompressed) in pieces of any size, and keeps no more than the event that is still open. */
export interface LineParser {
  /** The events that end within these bytes. Throws {@link BrokenLog}; the events answered before stay good. */
  readonly push: (bytes: Uint8Array) => readonly ParsedEvent[]
  /** The events that the end of the object ends. Throws {@link BrokenLog}. */
  readonly end: () => readonly ParsedEvent[]
}

export interface LogFormat {
  readonly name: FormatName
  readonly text: string
  /** Whether an object that begins like this is of the format; asked in the order of `registry.ts`. */
  readonly fits: (sample: Sample) => boolean
  readonly open: (context: ObjectContext) => LineParser
}

export type FormatName =
  | 'alb' | 'apache-error' | 'cloudtrail' | 'cloudtrail-digest' | 'combined' | 'json-array' | 'json-lines' | 'json-values' | 'nginx-error' | 'postgresql-csv'
  | 'postgresql-json' | 'postgresql-stderr' | 'text' | 'vpc-flow' | 'waf'

/** What is known of an object besides its bytes. */
export interface ObjectContext {
  /** Epoch milliseconds; lends its year to times that have none, as those of syslog. */
  readonly modifiedAt: number
}

/** The beginning of an object. */
export interface Sample {
  readonly text: string
  /** Its first lines that are not empty; the last one may be cut where it is the only one. */
  readonly lines: readonly string[]
}

export type BrokenReason =
  /** Not text at all. */
  | 'binary'
  /** A gzip, zip, zstd, bzip2, xz, LZ4 or snappy file: its contents are wanted. */
  | 'compressed'
  /** JSON ends in the middle. */
  | 'truncated'
  /** What has to be JSON is not. */
  | 'not-json'
  /** A record is longer than an event may be, as when a quote is never closed. */
  | 'record-too-long'

/** The object cannot be read further. `message` says it to people. */
export class BrokenLog extends Error {
  override readonly name = 'BrokenLog'
  readonly reason: BrokenReason

  constructor(reason: BrokenReason, message: string) {
    super(message)
    this.reason = reason
  }
}
