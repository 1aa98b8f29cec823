import { z } from 'zod'
import { parseAllowList } from '../../egress/allow-list.ts'
import { parseExportDestinations } from './export-destinations.ts'
import { parseExternalBuckets } from './external-buckets.ts'
import { parseWatchedFolders } from './watched-folders.ts'
import { isAccountId, isRegion } from '../../base/tenancy.ts'

/** One setting: how it is named on the command line and in the environment, what it accepts, and what it means. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly flag: string
  readonly variable: string
  readonly schema: Schema
  readonly fallback: string | undefined
  readonly text: string
  /** Also readable from the file that `<VARIABLE>_FILE` names. */
  readonly secret?: true
}

const setting = <Schema extends z.ZodType>(definition: Setting<Schema>): Setting<Schema> => definition

const url = (protocols: readonly string[]): z.ZodType<URL, string> =>
  z.string().transform((text, context) => {
    const parsed = URL.parse(text)
    if (parsed !== null && protocols.includes(parsed.protocol)) return parsed
    context.addIssue(`must be a URL that begins with ${protocols.map(protocol => `${protocol}//`).join(' or ')}`)
    return z.NEVER
  })

const integer = (least: number, most: number): z.ZodType<number, string> =>
  z.string().transform((text, context) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    context.addIssue(`must be a whole number from ${least} to ${most}`)
    return z.NEVER
  })

const parsed = <Value>(parse: (text: string) => Value): z.ZodType<Value, string> =>
  z.string().transform((text, context) => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue((error as Error).message)
      return z.NEVER
    }
  })

/** All settings, in the order in which people meet them. The README's table is this list. */
export const SETTINGS = {
  port: setting({ flag: 'port', variable: 'TOCSIN_PORT', schema: integer(0, 65535), fallback: '4566', text: 'Port to listen on; 0 takes any free one.' }),
  host: setting({ flag: 'host', variable: 'TOCSIN_HOST', schema: z.string().min(1), fallback: '127.0.0.1', text: 'Address to listen on.' }),
  data: setting({ flag: 'data', variable: 'TOCSIN_DATA', schema: z.string().min(1), fallback: './data', text: 'Folder that holds everything that is stored.' }),
  auth: setting({ flag: 'auth', variable: 'TOCSIN_AUTH', schema: z.enum(['on', 'off']), fallback: 'on', text: '`off` accepts any credentials, on a loopback host only; a 12-digit access key id then chooses that account.' }),
  account: setting({ flag: 'account', variable: 'TOCSIN_ACCOUNT', schema: z.string().refine(isAccountId, 'must be 12 digits'), fallback: '000000000000', text: 'Account of the root key.' }),
  region: setting({ flag: 'region', variable: 'TOCSIN_REGION', schema: z.string().refine(isRegion, 'must be a region such as us-east-1'), fallback: 'us-east-1', text: 'Region of the console, the collectors and the starter alarms.' }),
  publicUrl: setting({ flag: 'public-url', variable: 'TOCSIN_PUBLIC_URL', schema: url(['http:', 'https:']), fallback: undefined, text: 'How links in messages reach this server; by default the address that it listens on.' }),
  clickhouseUrl: setting({ flag: 'clickhouse-url', variable: 'TOCSIN_CLICKHOUSE_URL', schema: url(['http:', 'https:']), fallback: undefined, text: 'A ClickHouse server to keep telemetry in; by default it is embedded.', secret: true }),
  smtpUrl: setting({ flag: 'smtp-url', variable: 'TOCSIN_SMTP_URL', schema: url(['smtp:', 'smtps:']), fallback: undefined, text: 'Mail server for email subscriptions, e.g. `smtp://user:password@mail.example.com:587?from=tocsin@example.com`.', secret: true }),
  egressAllow: setting({
    flag: 'egress-allow',
    variable: 'TOCSIN_EGRESS_ALLOW',
    schema: parsed(parseAllowList),
    fallback: '',
    text: 'Networks and hosts, separated by commas, that deliveries may reach besides public addresses, e.g. `10.0.0.0/8,hooks.internal`.',
  }),
  drops: setting({
    flag: 'drops',
    variable: 'TOCSIN_DROPS',
    schema: parsed(parseWatchedFolders),
    fallback: '',
    text: 'Folders, separated by commas, whose files are read into log groups, e.g. `/var/drops/web=/web,/var/drops/db`; without a group, `/drops/<folder>`.',
  }),
  dropBuckets: setting({
    flag: 'drop-buckets',
    variable: 'TOCSIN_DROP_BUCKETS',
    schema: parsed(parseExternalBuckets),
    fallback: '',
    text: 'S3-compatible buckets elsewhere, separated by blanks, whose objects are read into log groups, e.g. `https://KEY:SECRET@s3.example.com/logs/web/?region=eu-west-1&group=/web`.',
    secret: true,
  }),
  exports: setting({
    flag: 'exports',
    variable: 'TOCSIN_EXPORTS',
    schema: parsed(parseExportDestinations),
    fallback: '',
    text: 'Where log groups may be exported to besides buckets of this server: folders and S3-compatible buckets elsewhere, separated by blanks, e.g. `/var/exports=archive https://KEY:SECRET@s3.example.com/logs/web/?region=eu-west-1&name=cold`.',
    secret: true,
  }),
  hostMetrics: setting({ flag: 'host-metrics', variable: 'TOCSIN_HOST_METRICS', schema: z.enum(['10', '60', 'off']), fallback: '60', text: 'Seconds between two readings of this machine\'s own metrics, or `off`.' }),
  logLevel: setting({ flag: 'log-level', variable: 'TOCSIN_LOG_LEVEL', schema: z.enum(['error', 'warn', 'info', 'silent']), fallback: 'warn', text: 'How much the server\'s own log says (JSON lines on standard error).' }),
} as const

type Settings = typeof SETTINGS
type Optional = 'publicUrl' | 'clickhouseUrl' | 'smtpUrl'

/** The validated settings. */
export type Config = {
  readonly [Key in keyof Settings]: z.output<Settings[Key]['schema']> | (Key extends Optional ? undefined : never)
}
