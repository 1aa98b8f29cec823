import { and, call, choose, constant, NULL } from '../../../sql/expression.ts'
import { numberValue, stringValue } from '../values.ts'
import { command } from './insights-command.ts'

/** From here on, as a part of the range, lines are recent. */
export const RECENT = 0.9
/** Under this name `pattern` leaves how many of a pattern's lines are recent. */
export const RECENT_COUNT = '@recentSampleCount'
/** So many times as often as before, a pattern spikes; as long as it is seen so often at all. */
const SPIKE = 5
const LEAST = 5

export const anomaly = command({
  name: 'anomaly',
  syntax: 'anomaly',
  text: `After pattern: \`@anomalyType\` is \`New\` for patterns seen only in the last tenth of the range, \`Spike\` for those seen at least ${SPIKE} times as often in it as before; \`@anomalyScore\` says how many times as often.`,
  parse: () => undefined,
  apply: (_, planner, node) => {
    const { rows, before } = planner
    const [count, recent] = [rows.named('@sampleCount'), rows.named(RECENT_COUNT)]
    if (count === undefined || recent === undefined || !before.some(({ command: name }) => name === 'pattern')) return planner.refuse('anomaly must follow pattern', node)
    const usual = call('divide', call('minus', count.sql, recent.sql), constant(Math.round(RECENT / (1 - RECENT))))
    const score = rows.level.define(call('divide', recent.sql, call('nullIf', usual, constant(0))))
    const isOften = call('greaterOrEquals', recent.sql, constant(LEAST))
    const type = choose([
      [and(call('greater', count.sql, constant(0)), call('equals', count.sql, recent.sql)), constant('New')],
      [and(isOften, call('greaterOrEquals', score, constant(SPIKE))), constant('Spike')],
    ], NULL)
    rows.put('@anomalyType', stringValue(type))
    rows.put('@anomalyScore', numberValue(score))
    for (const name of ['@anomalyType', '@anomalyScore']) rows.show({ name, path: [name] })
  },
})
