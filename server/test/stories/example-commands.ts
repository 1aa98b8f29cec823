import { execFile } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { OURS, temporaryFolder } from '../temporary-control.ts'

const EXAMPLES = join(import.meta.dirname, '../../../examples')

/** Writes down what changes something; of what is asked, it knows the account alone. */
const STAND_IN = `#!/bin/sh
case "$*" in
  sts*) echo ${OURS.account}; exit ;;
  *describe-*|*--generate-cli-skeleton*) exit ;;
esac
printf '%s\\0' "$@" >> "$COMMANDS"
printf '\\n\\0' >> "$COMMANDS"
`

/** An operation that a script calls, with its input as an SDK would give it. */
export interface Command {
  readonly service: string
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

interface Run {
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** What `examples/<system>/create.sh` does (`alarms/menotime`), without the CLI: `aws` is a stand-in that writes its arguments down. */
export const commandsOf = async (
  system: string, { args = [], environment = {} }: Run = {},
): Promise<readonly Command[]> => {
  const folder = temporaryFolder()
  const commands = join(folder, 'commands')
  writeFileSync(join(folder, 'aws'), STAND_IN)
  chmodSync(join(folder, 'aws'), 0o755)
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, COMMANDS: commands, AWS_REGION: OURS.region, ...environment }
  await promisify(execFile)('sh', [join(EXAMPLES, system, 'create.sh'), ...args], { env })
  return readFileSync(commands, 'utf8').split('\0\n\0').filter(call => call !== '').map(call => command(call.split('\0')))
}

/** `cloudwatch put-metric-alarm --cli-input-json {…}`, `logs put-query-definition --log-group-names /a /b` */
const command = ([service = '', name = '', ...words]: readonly string[]): Command => {
  const input: Record<string, unknown> = {}
  for (let at = 0; at < words.length; ) {
    const option = words[at++]!
    const values: string[] = []
    while (at < words.length && !words[at]!.startsWith('--')) values.push(words[at++]!)
    const [value = ''] = values
    if (option === '--cli-input-json') Object.assign(input, JSON.parse(value))
    else if (!['--output', '--query'].includes(option)) input[memberOf(service, option)] = LISTS.has(option) ? values : NUMBERS.has(option) ? Number(value) : value
  }
  return { service, operation: pascal(name), input }
}

const LISTS = new Set(['--log-group-names'])
const NUMBERS = new Set(['--retention-in-days'])

/** The CLI's names differ from the API's in a few places; those of logs begin with small letters. */
const memberOf = (service: string, option: string): string => {
  if (option === '--notification-endpoint') return 'Endpoint'
  const name = pascal(option.slice(2))
  return service === 'logs' ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

const pascal = (kebab: string): string => kebab.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
