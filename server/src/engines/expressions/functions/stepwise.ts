import { datapoint, type Kernel } from '../term.ts'

/** What a datapoint is to the one before it, however long before: by how much it rose, and in how many seconds. */
type Step = (rise: number, elapsed: number) => number

/** The kernel that puts a step in each datapoint's place; the first datapoint has none. */
export const stepwise = (step: Step): Kernel => (values, out, { grid }) => {
  let previous = -1
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    out[k] = NaN
    if (value !== value) continue
    if (previous >= 0) out[k] = datapoint(step(value - values[previous]!, (k - previous) * grid.period))
    previous = k
  }
}
