import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { parseArgs } from 'node:util'
import { SETTINGS, type Config, type Setting } from './settings.ts'

/** A setting that is unknown, wrong or contradicts another: the start stops with this one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const settings: readonly (readonly [string, Setting])[] = Object.entries(SETTINGS)

/** Flags win over the environment, the environment over defaults. */
export const readConfig = (args: readonly string[], environment: Readonly<Record<string, string | undefined>> = process.env): Config => {
  refuseUnknown(environment)
  const flags = readFlags(args)
  const config: Record<string, unknown> = {}
  for (const [key, setting] of settings) {
    const given = flags[setting.flag] ?? fromEnvironment(setting, environment) ?? setting.fallback
    config[key] = given === undefined ? undefined : validated(setting, given, flags[setting.flag] !== undefined)
  }
  return checkTogether(config as Config)
}

const readFlags = (args: readonly string[]): Readonly<Record<string, string | undefined>> => {
  const options = Object.fromEntries(settings.map(([, { flag }]) => [flag, { type: 'string' as const }]))
  try {
    return parseArgs({ args: [...args], options, strict: true }).values as Record<string, string | undefined>
  } catch (error) {
    throw new ConfigError(`${(error as Error).message.split('.')[0]}. Known flags: ${settings.map(([, { flag }]) => `--${flag}`).join(' ')}`)
  }
}

const refuseUnknown = (environment: Readonly<Record<string, string | undefined>>): void => {
  const known = new Set(settings.flatMap(([, { variable, secret }]) => (secret ? [variable, `${variable}_FILE`] : [variable])))
  const unknown = Object.keys(environment).find(variable => variable.startsWith('TOCSIN_') && !known.has(variable))
  if (unknown !== undefined) throw new ConfigError(`Unknown setting ${unknown}. Known: ${[...known].join(' ')}`)
}

const fromEnvironment = (setting: Setting, environment: Readonly<Record<string, string | undefined>>): string | undefined => {
  const file = setting.secret ? environment[`${setting.variable}_FILE`] : undefined
  if (file === undefined) return environment[setting.variable]
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new ConfigError(`${setting.variable}_FILE: ${(error as Error).message}`)
  }
}

const validated = (setting: Setting, text: string, byFlag: boolean): unknown => {
  const result = setting.schema.safeParse(text)
  if (result.success) return result.data
  const shown = setting.secret ? '' : ` (got ${JSON.stringify(text)})`
  throw new ConfigError(`${byFlag ? `--${setting.flag}` : setting.variable} ${result.error.issues[0]?.message ?? 'is wrong'}${shown}`)
}

const checkTogether = (config: Config): Config => {
  if (config.auth === 'off' && !isLoopback(config.host)) {
    throw new ConfigError(`--auth off is allowed on a loopback host only, not on ${config.host}`)
  }
  return config
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
