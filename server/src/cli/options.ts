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
  readonly json: boolean
  readonly help: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

export const USAGE = `Usage: tocsin alarm explain NAME [--at TIME] [--json]

  Why an alarm is what it is, or was at a time (ISO 8601, such as 2026-01-31T12:00:00Z).

  --url     AWS_ENDPOINT_URL              where the server is (http://127.0.0.1:4566; TOCSIN_PORT names another port)
  --data    TOCSIN_DATA                   its data folder, whose credentials are used unless the environment has others (./data):
                                          AWS_ACCESS_KEY_ID, or AWS_SHARED_CREDENTIALS_FILE or AWS_PROFILE
  --region  TOCSIN_REGION or AWS_REGION   (us-east-1)
  --json                                  the answer as the server gave it
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
    json: values.json ?? false,
    help: values.help ?? false,
  }
}

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string' }, data: { type: 'string' }, region: { type: 'string' }, at: { type: 'string' }, json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE}`)
  }
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
