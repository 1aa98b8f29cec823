import { HISTOGRAMS } from './histograms.ts'
import { LABELS } from './labels.ts'
import { ORDER } from './order.ts'
import { PRESENCE } from './presence.ts'
import type { PromqlFunction } from './promql-function.ts'
import { RATES } from './rates.ts'
import { TIME } from './time.ts'
import { VALUES } from './values.ts'
import { WINDOWS } from './windows.ts'

/** All functions, as the reference page lists them. */
export const FUNCTIONS: readonly PromqlFunction[] = [...VALUES, ...RATES, ...WINDOWS, ...PRESENCE, ...LABELS, ...ORDER, ...HISTOGRAMS, ...TIME]

const byName = new Map(FUNCTIONS.map(fn => [fn.name, fn]))

export const functionNamed = (name: string): PromqlFunction | undefined => byName.get(name)
