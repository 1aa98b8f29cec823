import { accum } from './accum.ts'
import { addtotals } from './addtotals.ts'
import { anomaly } from './anomaly.ts'
import { appendcols } from './appendcols.ts'
import { autoregress } from './autoregress.ts'
import { cidrlookup } from './cidrlookup.ts'
import { countFrequent } from './count-frequent.ts'
import { dedup } from './dedup.ts'
import { diff } from './diff.ts'
import { estimate } from './estimate.ts'
import { expand } from './expand.ts'
import { display, fields } from './fields.ts'
import { filldown } from './filldown.ts'
import { fillmissing } from './fillmissing.ts'
import { filterIndex } from './filter-index.ts'
import { filter } from './filter.ts'
import { join } from './join.ts'
import { json } from './json.ts'
import { limit } from './limit.ts'
import { logcompare } from './logcompare.ts'
import { lookup } from './lookup.ts'
import { outlier } from './outlier.ts'
import { parse } from './parse.ts'
import { pattern } from './pattern.ts'
import { relevantfields } from './relevantfields.ts'
import { sessionize } from './sessionize.ts'
import { sort } from './sort.ts'
import { stats } from './stats.ts'
import { unmask } from './unmask.ts'
import { unnest } from './unnest.ts'
import { select } from '../sql/select.ts'
import type { InsightsCommand } from './insights-command.ts'

/** All commands, as the reference page lists them. */
export const COMMANDS: readonly InsightsCommand[] = [
  fields, display, filter, filterIndex, stats, sort, limit, dedup, parse, json, pattern, diff, logcompare, anomaly, relevantfields, unnest, expand, unmask,
  lookup, cidrlookup, join, appendcols, addtotals, fillmissing, filldown, accum, autoregress, sessionize, countFrequent, outlier, estimate,
]

const byName = new Map(COMMANDS.flatMap(one => [one.name, ...(one.aliases ?? [])].map(name => [name.toLowerCase(), one] as const)))

/** What a query is made of, also where it was not written as a command. */
export const stepNamed = (name: string): Pick<InsightsCommand, 'apply'> | undefined => (name === 'select' ? select : byName.get(name.toLowerCase()))

export const commandNamed = (name: string): InsightsCommand | undefined => byName.get(name.toLowerCase())
