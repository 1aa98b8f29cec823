#!/usr/bin/env node
import { styleText } from 'node:util'
import { wakefulClock } from '../base/clock.ts'
import { explainCommand } from './alarm-explain.ts'
import { CommandError } from './command-error.ts'
import { groupsOf } from './logs-groups.ts'
import { queryCommand } from './logs-query.ts'
import { tailCommand } from './logs-tail.ts'
import { readOptions, USAGE } from './options.ts'
import { Server } from './server.ts'
import type { Terminal } from './terminal.ts'

/** The commands; they speak to a running server. */
const run = async (args: readonly string[], terminal: Terminal): Promise<void> => {
  const options = readOptions(args, process.env)
  if (options.help) {
    await terminal.out(USAGE)
    return
  }
  const server = new Server(options, terminal.clock)
  const [noun, verb, ...words] = options.words
  const [first, second] = words
  refuseOthers(`${noun} ${verb}`, options.given)
  if (noun === 'alarm' && verb === 'explain' && first !== undefined && words.length === 1) await terminal.out(await explainCommand(server, first, options))
  else if (noun === 'logs' && verb === 'tail') await tailCommand(server, { ...options, groups: groupsOf([...words, ...options.groups]) }, terminal)
  else if (noun === 'logs' && verb === 'query' && first !== undefined && words.length <= 2) {
    const [named, query] = second === undefined ? [options.groups, first] : [[first, ...options.groups], second]
    await queryCommand(server, { ...options, query, groups: named.length === 0 && /^\s*SOURCE\b/i.test(query) ? [] : groupsOf(named) }, terminal)
  } else throw new CommandError(`${unknown(options.words)}${USAGE}`)
}

/** The commands, and what each may be given beside what all may. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'alarm explain': ['at'], 'logs tail': ['group', 'filter', 'follow', 'since', 'until'], 'logs query': ['group', 'since', 'until'],
}
const COMMANDS = Object.keys(OWN).map(command => command.split(' '))

const refuseOthers = (command: string, given: readonly string[]): void => {
  const own = OWN[command]
  const other = own && given.find(flag => !own.includes(flag) && Object.values(OWN).some(flags => flags.includes(flag)))
  if (other !== undefined) throw new CommandError(`tocsin ${command} takes no --${other}`)
}

/** What is not to be found among the commands; nothing where only words are missing or too many. */
const unknown = ([noun, verb]: readonly string[]): string => {
  const verbs = COMMANDS.filter(([first]) => first === noun).map(([, second]) => second)
  if (noun === undefined || verbs.includes(verb)) return ''
  return `There is no command ${verbs.length === 0 || verb === undefined ? noun : `${noun} ${verb}`}.\n\n`
}

/** What a shell says of a command that Ctrl-C ended. */
const INTERRUPTED = 130
const CLEAR_LINE = '\r\u001b[2K'

const stopping = new AbortController()
const watched = process.stderr.isTTY
process.once('SIGINT', () => stopping.abort())
// Whoever reads the output may stop reading it: `| head`.
process.stdout.once('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await run(process.argv.slice(2), {
    clock: wakefulClock,
    stopped: stopping.signal,
    out: text => new Promise(resolve => {
      if (process.stdout.write(text)) resolve()
      else process.stdout.once('drain', resolve)
    }),
    // Colours only on a screen, and there only for those who want them: https://no-color.org.
    look: (look, text) => styleText(look, text, { stream: process.stdout }),
    progress: text => watched && process.stderr.write(`${CLEAR_LINE}${text}`),
    note: text => process.stderr.write(`${watched ? CLEAR_LINE : ''}${text}\n`),
  })
  if (stopping.signal.aborted) process.exitCode = INTERRUPTED
} catch (error) {
  if (!(error instanceof CommandError)) throw error
  process.stderr.write(`${watched ? CLEAR_LINE : ''}${error.message}\n`)
  process.exitCode = 1
}
