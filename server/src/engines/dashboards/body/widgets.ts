import { isObject } from '../../../base/is-object.ts'
import { anything, array, boolean, type Check, integer, object, oneOf, string } from './checks.ts'
import { metricProperties } from './metric-properties.ts'
import { period } from './metric-options.ts'

const ALARM_STATES = ['ALARM', 'INSUFFICIENT_DATA', 'OK']

/** The properties of every kind of widget. */
const PROPERTIES: Readonly<Record<string, Check>> = {
  metric: metricProperties,
  text: object({ markdown: string(), background: oneOf('solid', 'transparent') }, ['markdown']),
  log: object(
    {
      region: string(), query: string(), title: string(), view: oneOf('table', 'timeSeries', 'bar', 'pie'), accountId: string(),
      stacked: boolean, queryLanguage: string(), queryBy: string(), logGroupPrefixes: anything, yAxis: anything,
    },
    ['query'],
  ),
  alarm: object(
    {
      alarms: array(string(), { min: 1, max: 100 }), title: string(),
      sortBy: oneOf('default', 'stateUpdatedTimestamp', 'timestamp'), states: array(oneOf(...ALARM_STATES)),
    },
    ['alarms'],
  ),
  explorer: object(
    {
      metrics: array(object({ metricName: string(), resourceType: string(), stat: string() }, ['metricName', 'resourceType', 'stat']), {
        min: 1, max: 100,
      }),
      aggregateBy: object({ key: string(), func: string() }),
      labels: array(object({ key: string(), value: string() }, ['key'])),
      period,
      splitBy: string(),
      title: string(),
      region: string(),
      widgetOptions: object({
        legend: object({ position: oneOf('right', 'bottom', 'hidden') }), rowsPerPage: integer({ min: 1 }), stacked: boolean,
        view: oneOf('timeSeries', 'bar', 'pie'), widgetsPerRow: integer({ min: 1 }),
      }),
    },
    ['metrics', 'labels'],
  ),
  custom: object(
    {
      endpoint: string(), params: anything, title: string(),
      updateOn: object({ refresh: boolean, resize: boolean, timeRange: boolean }),
    },
    ['endpoint'],
  ),
  // PromQL; its shape is not published.
  chart: anything,
}

/** AWS stores kinds that it does not know, too. Nothing draws them: a warning. */
const kind: Check = (value, at, findings) => {
  if (typeof value !== 'string') findings.error(at, 'Should be string')
  else if (!Object.hasOwn(PROPERTIES, value)) findings.warning(at, 'Should be equal to one of the allowed values')
}

const placed = object(
  {
    type: kind,
    x: integer({ min: 0, max: 23 }),
    y: integer({ min: 0 }),
    width: integer({ min: 1, max: 24 }),
    height: integer({ min: 1, max: 1000 }),
    properties: (value, at, findings) => {
      if (!isObject(value)) findings.error(at, 'Should be object')
    },
  },
  ['type', 'properties'],
)

export const widget: Check = (value, at, findings) => {
  placed(value, at, findings)
  if (!isObject(value)) return
  for (const [one, other] of [['x', 'y'], ['y', 'x']] as const) {
    if (value[one] !== undefined && value[other] === undefined) {
      findings.error(at, `Should have property ${other} when property ${one} is present`)
    }
  }
  const type = String(value['type'])
  if (isObject(value['properties']) && Object.hasOwn(PROPERTIES, type)) PROPERTIES[type]!(value['properties'], `${at}/properties`, findings)
}
