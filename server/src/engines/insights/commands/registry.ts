import { dedup } from './dedup.ts'
import { diff } from './diff.ts'
import { display, fields } from './fields.ts'
import { filterIndex } from './filter-index.ts'
import { filter } from './filter.ts'
import type { InsightsCommand } from './insights-command.ts'
import { limit } from './limit.ts'
import { parse } from './parse.ts'
import { sort } from './sort.ts'
import { stats } from './stats.ts'

/** All commands, as the reference page lists them. */
export const COMMANDS: readonly InsightsCommand[] = [fields, display, filter, filterIndex, stats, sort, limit, dedup, parse, diff]

const byName = new Map(COMMANDS.flatMap(one => [one.name, ...(one.aliases ?? [])].map(name => [name.toLowerCase(), one] as const)))

export const commandNamed = (name: string): InsightsCommand | undefined => byName.get(name.toLowerCase())
