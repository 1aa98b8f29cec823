import { call, constant, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, finite, numberValue } from '../../values.ts'
import { clamped } from '../clamped.ts'
import type { InsightsFunction } from '../insights-function.ts'

/** The earth's mean radius in kilometres (IUGG: 6371.0088). */
const RADIUS = 6371

export const haversine: InsightsFunction = {
  name: 'haversine',
  parameters: [
    { name: 'latitude1', takes: 'number' },
    { name: 'longitude1', takes: 'number' },
    { name: 'latitude2', takes: 'number' },
    { name: 'longitude2', takes: 'number' },
  ],
  text: 'The distance in kilometres between two points on the earth, taken for a ball of 6371 km; latitudes and longitudes are in degrees.',
  examples: [
    { expression: 'round(haversine(52.52, 13.405, 48.8566, 2.3522))', result: '877' },
    { expression: 'haversine(10, 20, 10, 20)', result: '0' },
    { expression: 'haversine(10, 20, 10, missing)', result: null },
  ],
  bind: args => {
    const [lat1, lon1, lat2, lon2] = args.map(arg => call('radians', asNumber(arg))) as [Expression, Expression, Expression, Expression]
    const squares = call(
      'plus',
      squaredHalfSine(call('minus', lat2, lat1)),
      call('multiply', call('cos', lat1), call('cos', lat2), squaredHalfSine(call('minus', lon2, lon1))),
    )
    return numberValue(finite(call('multiply', constant(2 * RADIUS), call('asin', call('sqrt', clamped(squares, 0, 1))))))
  },
}

const squaredHalfSine = (angle: Expression): Expression =>
  once(call('sin', call('divide', angle, constant(2))), sine => call('multiply', sine, sine))
