import { type Millis, millis } from '../base/time.ts'
import { CommandError, mayPass, Refused } from './command-error.ts'
import { momentOf } from './logs-moment.ts'
import { withNearGroups } from './near-groups.ts'
import type { Server } from './server.ts'
import { placeInPattern, showPlace } from './show-place.ts'
import { pause, type Terminal } from './terminal.ts'

interface TailOptions {
  readonly groups: readonly string[]
  readonly filter: string | undefined
  readonly since: string | undefined
  readonly until: string | undefined
  readonly follow: boolean
  readonly json: boolean
}

interface Event {
  readonly eventId: string
  readonly logStreamName: string
  readonly timestamp: number
  readonly message: string
}
type Line = Event & { readonly group: string }

interface Page {
  readonly events?: readonly Event[]
  readonly nextToken?: string
}

const EVERY = millis(1000)
const LONGEST_WAIT = millis(10_000)
/** Events may arrive this much later than their timestamps say, and are still shown. */
const LATE = 30_000
/** Most come at once: only every tenth look goes back so far. */
const SOON = 5_000
const LATE_LOOKS = 10

/** `tocsin logs tail`: what there is since a time, oldest first, then what arrives. */
export const tailCommand = async (server: Pick<Server, 'logs'>, options: TailOptions, terminal: Terminal): Promise<void> => {
  const { groups, filter, since = '10m', until, follow, json } = options
  const { clock, stopped } = terminal
  if (follow && until !== undefined) throw new CommandError('--until and --follow contradict each other')
  const from = momentOf('--since', since, clock.now())
  const end = until === undefined ? undefined : momentOf('--until', until, clock.now())
  if (end !== undefined && from > end) throw new CommandError('--since must be before --until')
  const seen = new Map<string, number>()
  const shown = (line: Line): string => (json ? asJson(line) : asText(line, groups.length > 1, terminal))
  const read = async (group: string, startTime: number, take: (lines: readonly Line[]) => Promise<void>): Promise<void> => {
    let nextToken: string | undefined
    do {
      const page: Page = await server.logs('FilterLogEvents', { logGroupIdentifier: group, startTime, endTime: end, filterPattern: filter, nextToken })
      const fresh = (page.events ?? []).filter(({ eventId }) => !seen.has(eventId))
      await take(fresh.map(event => ({ ...event, group })))
      nextToken = page.nextToken
    } while (nextToken !== undefined && !stopped.aborted)
  }
  const print = async (lines: readonly Line[]): Promise<void> => {
    if (lines.length > 0) await terminal.out(lines.map(shown).join(''))
    // Only what is printed counts as seen: a look that breaks off is taken again.
    for (const { eventId, timestamp } of lines) seen.set(eventId, timestamp)
  }
  const look = async (startTime: number): Promise<void> => {
    if (groups.length === 1) return read(groups[0]!, startTime, print)
    const lines: Line[] = []
    for (const group of groups) await read(group, startTime, async found => void lines.push(...found))
    await print(lines.sort((a, b) => a.timestamp - b.timestamp))
  }
  const firstAt = clock.now()
  await withNearGroups(server, groups, () => look(from).catch(error => pointingAt(error, filter)))
  /** When the last look was taken that went through. */
  let at = firstAt
  let wait: Millis = EVERY
  for (let looks = 1; follow && !stopped.aborted; looks++) {
    await pause(terminal, wait)
    if (stopped.aborted) return
    const now = clock.now()
    const failed = wait !== EVERY
    for (const [id, timestamp] of seen) if (timestamp < at - LATE) seen.delete(id)
    try {
      await look(Math.max(from, at - (failed || looks % LATE_LOOKS === 0 ? LATE : SOON)))
      if (failed) terminal.note('Following again.')
      at = now
      wait = EVERY
    } catch (error) {
      if (!mayPass(error)) throw error
      if (!failed) terminal.note(`${(error as Error).message}\nWaiting for it.`)
      wait = millis(Math.min(wait * 2, LONGEST_WAIT))
    }
  }
}

const pointingAt = (error: unknown, filter: string | undefined): never => {
  const place = error instanceof Refused && filter !== undefined ? placeInPattern(filter, error.message) : undefined
  if (place === undefined || filter === undefined) throw error
  throw new CommandError(`${(error as Error).message}${showPlace(filter, place)}`, { cause: error })
}

const asJson = ({ group, logStreamName: stream, timestamp, message }: Line): string =>
  `${JSON.stringify({ timestamp: new Date(timestamp).toISOString(), group, stream, message })}\n`

const asText = ({ group, logStreamName, timestamp, message }: Line, several: boolean, { look }: Terminal): string => {
  const origin = `${several ? `${group}  ` : ''}${harmless(logStreamName)}`
  const text = harmless(message.trimEnd()).replaceAll('\n', '\n    ')
  return `${look('dim', new Date(timestamp).toISOString())}  ${look('cyan', origin)}  ${loud(message, text, look)}\n`
}

const ERROR = /\b(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC)\b|Exception\b|Traceback/
const WARNING = /\bWARN(?:ING)?\b/

const loud = (message: string, text: string, look: Terminal['look']): string => {
  const head = message.slice(0, 2000)
  return ERROR.test(head) ? look('red', text) : WARNING.test(head) ? look('yellow', text) : text
}

/** Without what could play with the terminal; lines and tabs stay. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const harmless = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '·')
