import { millis } from '../base/time.ts'
import { momentOf } from './logs-moment.ts'
import type { Server } from './server.ts'
import { pause, type Terminal } from './terminal.ts'

interface TailOptions {
  readonly groups: readonly string[]
  readonly filter: string | undefined
  readonly since: string | undefined
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
/** Events may arrive this much later than their timestamps say, and are still shown. */
const LATE = 30_000

/** `tocsin logs tail`: what there is since a time, oldest first, then what arrives. */
export const tailCommand = async (server: Pick<Server, 'logs'>, { groups, filter, since = '10m', follow, json }: TailOptions, terminal: Terminal): Promise<void> => {
  const { clock, stopped } = terminal
  const from = momentOf('--since', since, clock.now())
  const seen = new Map<string, number>()
  const shown = (line: Line): string => (json ? asJson(line) : asText(line, groups.length > 1))
  const read = async (group: string, startTime: number, take: (lines: readonly Line[]) => void): Promise<void> => {
    let nextToken: string | undefined
    do {
      const page: Page = await server.logs('FilterLogEvents', { logGroupIdentifier: group, startTime, filterPattern: filter, nextToken })
      const fresh = (page.events ?? []).filter(({ eventId }) => !seen.has(eventId))
      for (const { eventId, timestamp } of fresh) seen.set(eventId, timestamp)
      take(fresh.map(event => ({ ...event, group })))
      nextToken = page.nextToken
    } while (nextToken !== undefined && !stopped.aborted)
  }
  const print = (lines: readonly Line[]): void => {
    if (lines.length > 0) terminal.out(lines.map(shown).join(''))
  }
  const round = async (startTime: number): Promise<void> => {
    if (groups.length === 1) return read(groups[0]!, startTime, print)
    const lines: Line[] = []
    for (const group of groups) await read(group, startTime, found => lines.push(...found))
    print(lines.sort((a, b) => a.timestamp - b.timestamp))
  }
  await round(from)
  while (follow && !stopped.aborted) {
    await pause(terminal, EVERY)
    if (stopped.aborted) return
    const start = Math.max(from, clock.now() - LATE)
    for (const [id, timestamp] of seen) if (timestamp < start) seen.delete(id)
    await round(start)
  }
}

const asJson = ({ group, logStreamName: stream, timestamp, message }: Line): string =>
  `${JSON.stringify({ timestamp: new Date(timestamp).toISOString(), group, stream, message })}\n`

const asText = ({ group, logStreamName, timestamp, message }: Line, several: boolean): string =>
  `${new Date(timestamp).toISOString()}  ${several ? `${group}  ` : ''}${harmless(logStreamName)}  ${harmless(message.trimEnd()).replaceAll('\n', '\n    ')}\n`

/** Without what could play with the terminal; lines and tabs stay. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const harmless = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '·')
