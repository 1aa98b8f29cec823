import type { Call } from '../call.ts'
import { made, type Term } from '../term.ts'
import type { Parameter } from './math-function.ts'

const DAY = 86_400_000

export const BY_INSTANT: readonly Parameter[] = [{ name: 'metric', takes: ['series'] }]

/** A series without gaps, of what an instant (seconds since 1970) is in UTC. The metric only lends its period and range, which are the request's. */
export const byInstant = (of: (at: number) => number) => (call: Call): Term =>
  made(call.source, (out, { grid }) => {
    for (let k = 0; k < out.length; k++) out[k] = of(grid.start + k * grid.period)
  })

/** As `byInstant`, of what changes with the date alone: years of minutes have few dates. */
export const byDate = (of: (date: Date) => number): ((call: Call) => Term) => {
  return call =>
    made(call.source, (out, { grid }) => {
      let day = NaN
      let value = NaN
      for (let k = 0; k < out.length; k++) {
        const today = Math.floor(((grid.start + k * grid.period) * 1000) / DAY)
        if (today !== day) value = of(new Date(today * DAY))
        day = today
        out[k] = value
      }
    })
}
