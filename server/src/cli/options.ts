import { parseArgs } from 'node:util'
import { CommandError } from './command-error.ts'
import { readCredentials, type Credentials } from './credentials.ts'

export interface Options {
  readonly words: readonly string[]
  readonly url: URL
  readonly region: string
  readonly credentials: Credentials
  /** ISO 8601. */
  readonly at: string | undefined
  /** Log groups by `--group`; a name has no commas, so one option may name several. */
  readonly groups: readonly string[]
  readonly filter: string | undefined
  /** A time, or how long ago: as it was given. */
  readonly since: string | undefined
  readonly until: string | undefined
  readonly follow: boolean
  readonly json: boolean
  readonly help: boolean
  /** The flags that were given, by name. */
  readonly given: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

export const USAGE = `Usage: tocsin alarm explain NAME [--at TIME] [--json]

  Why an alarm is what it is, or was at a time (ISO 8601, such as 2026-01-31T12:00:00Z).

Usage: tocsin logs tail GROUP[,GROUP…] [--follow] [--filter PATTERN] [--since 10m] [--until TIME] [--output FORMAT]

  The events of log groups, oldest first; with --follow those that arrive, until Ctrl-C, also over a restart of the server.

Usage: tocsin logs query GROUP[,GROUP…] QUERY [--since 1h] [--until TIME] [--output FORMAT]

  What a Logs Insights query finds; the groups may be left out where the query begins with SOURCE. Ctrl-C stops it.

  -f, --follow                            go on with what arrives
  --filter                                a filter pattern: ERROR, '"a text"', '{ $.status >= 500 }', '[ip, …, status = 5*]'
  --since, --until                        a time (ISO 8601), or how long ago: 90s, 10m, 1h, 2d
  --group                                 one more log group; may be given several times
  --output  table or ndjson               for people (the default), or one line of JSON an event or row
  --json                                  the answer as the server gave it; of logs the same as --output ndjson
  --url     AWS_ENDPOINT_URL              where the server is (http://127.0.0.1:4566; TOCSIN_PORT names another port)
  --data    TOCSIN_DATA                   its data folder, whose credentials are used unless the environment has others (./data):
                                          AWS_ACCESS_KEY_ID, or AWS_SHARED_CREDENTIALS_FILE or AWS_PROFILE
  --region  TOCSIN_REGION or AWS_REGION   (us-east-1)

  Exits with 0, with 1 where the command could not be carried out, with 130 after Ctrl-C. Colours only on a terminal, and not with NO_COLOR.
`

/** Flags win over the environment, the environment over defaults. */
export const readOptions = (args: readonly string[], environment: Environment): Options => {
  const { values, positionals } = parsed(args)
  const url = values.url ?? environment['AWS_ENDPOINT_URL'] ?? `http://127.0.0.1:${environment['TOCSIN_PORT'] ?? '4566'}`
  return {
    words: positionals,
    url: parsedUrl(url),
    region: values.region ?? environment['TOCSIN_REGION'] ?? environment['AWS_REGION'] ?? 'us-east-1',
    credentials: readCredentials(environment, values.data ?? environment['TOCSIN_DATA'] ?? './data'),
    at: values.at === undefined ? undefined : parsedTime(values.at),
    groups: values.group ?? [],
    filter: values.filter,
    since: values.since,
    until: values.until,
    follow: values.follow ?? false,
    json: values.json ?? parsedOutput(values.output) === 'ndjson',
    help: values.help ?? false,
    given: Object.keys(values),
  }
}

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string' }, data: { type: 'string' }, region: { type: 'string' }, at: { type: 'string' }, json: { type: 'boolean' },
        output: { type: 'string' },
        group: { type: 'string', multiple: true }, filter: { type: 'string' }, since: { type: 'string' }, until: { type: 'string' },
        follow: { type: 'boolean', short: 'f' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE}`)
  }
}

const parsedOutput = (text = 'table'): 'table' | 'ndjson' => {
  if (text === 'table' || text === 'ndjson') return text
  throw new CommandError(`--output must be table or ndjson (got ${JSON.stringify(text)})`)
}

const parsedUrl = (text: string): URL => {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) throw new CommandError(`--url must be an http or https URL (got ${JSON.stringify(text)})`)
  return url
}

const parsedTime = (text: string): string => {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new CommandError(`--at must be a time in ISO 8601, such as 2026-01-31T12:00:00Z (got ${JSON.stringify(text)})`)
  return new Date(at).toISOString()
}
