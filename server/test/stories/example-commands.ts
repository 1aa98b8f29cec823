import { execFile } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { OURS, temporaryFolder } from '../temporary-control.ts'

const EXAMPLES = join(import.meta.dirname, '../../../examples/alarms')

/** Writes down what it is asked for; the script only ever looks at the answer of `sts get-caller-identity`. */
const STAND_IN = `#!/bin/sh
printf '%s\\0' "$@" >> "$COMMANDS"
printf '\\n\\0' >> "$COMMANDS"
echo ${OURS.account}
`

/** An operation that a script calls, with its input as an SDK would give it. */
export interface Command {
  readonly service: string
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What `examples/alarms/<system>/create.sh` does, without the CLI: `aws` is a stand-in that writes its arguments down. */
export const commandsOf = async (
  system: string, { args = [], environment = {} }: { readonly args?: readonly string[]; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<readonly Command[]> => {
  const folder = temporaryFolder()
  const commands = join(folder, 'commands')
  writeFileSync(join(folder, 'aws'), STAND_IN)
  chmodSync(join(folder, 'aws'), 0o755)
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, COMMANDS: commands, AWS_REGION: OURS.region, ...environment }
  await promisify(execFile)('sh', [join(EXAMPLES, system, 'create.sh'), ...args], { env })
  return readFileSync(commands, 'utf8').split('\0\n\0').filter(call => call !== '').map(call => command(call.split('\0')))
}

/** `cloudwatch put-metric-alarm --cli-input-json {…}` */
const command = ([service = '', name = '', ...options]: readonly string[]): Command => {
  const input: Record<string, unknown> = {}
  for (let at = 0; at < options.length; at += 2) {
    const [option = '', value = ''] = options.slice(at, at + 2)
    if (option === '--cli-input-json') Object.assign(input, JSON.parse(value))
    else if (!['--output', '--query'].includes(option)) input[MEMBERS[option] ?? pascal(option.slice(2))] = value
  }
  return { service, operation: pascal(name), input }
}

/** Where the CLI's names differ from the API's. */
const MEMBERS: Readonly<Record<string, string>> = { '--notification-endpoint': 'Endpoint' }

const pascal = (kebab: string): string => kebab.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
