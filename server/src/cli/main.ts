#!/usr/bin/env node
import { systemClock } from '../base/clock.ts'
import { explainCommand } from './alarm-explain.ts'
import { CommandError } from './command-error.ts'
import { readOptions, USAGE } from './options.ts'
import { Server } from './server.ts'

/** `tocsin alarm explain NAME [--at TIME] [--json]`: speaks to a running server. */
const run = async (args: readonly string[]): Promise<string> => {
  const options = readOptions(args, process.env)
  if (options.help) return USAGE
  const [noun, verb, name, ...rest] = options.words
  if (noun !== 'alarm' || verb !== 'explain' || name === undefined || rest.length > 0) throw new CommandError(USAGE)
  return explainCommand(new Server(options, systemClock), name, options)
}

try {
  process.stdout.write(await run(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof CommandError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
