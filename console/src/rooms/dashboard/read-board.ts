import type { DashboardBody, MetricWidgetProperties } from '../../../../server/src/model/dashboard.ts'
import { alarmNameIn, readAlarmsNamed } from '../../aws/alarms.ts'
import type { Connection } from '../../aws/connection.ts'
import type { Alarm } from '../../aws/shapes.ts'
import { alarmAsWidget } from './alarm-as-widget.ts'
import type { Prepared } from './prepare-widgets.ts'
import { readWidgets, type WidgetAnswer } from './read-widgets.ts'

/** Everything that a dashboard's widgets show of one range; by the widgets' places in the body. */
export interface Board {
  readonly prepared: ReadonlyMap<number, Prepared>
  readonly answers: ReadonlyMap<number, WidgetAnswer>
  readonly alarms: readonly Alarm[]
}

type Prepare = (now: number) => (properties: MetricWidgetProperties) => Prepared

export const readBoard = async (connection: Connection, body: DashboardBody, prepare: Prepare, signal: AbortSignal): Promise<Board> => {
  const alarms = await readAlarmsNamed(connection, alarmsOf(body), signal)
  const ready = prepare(Date.now() / 1000)
  const prepared = new Map(body.widgets.flatMap((widget, index): [number, Prepared][] => {
    if (widget.type !== 'metric') return []
    return [[index, ready(withAlarm(widget.properties, alarms))]]
  }))
  const asked = [...prepared].map(([widget, { widget: { queries }, region, start, end }]) => ({ widget, queries, region, start, end }))
  return { prepared, alarms, answers: await readWidgets(connection, asked, signal) }
}

const alarmsOf = ({ widgets }: DashboardBody): readonly string[] => {
  const named = widgets.flatMap(widget => {
    if (widget.type === 'alarm') return widget.properties.alarms
    return widget.type === 'metric' ? (widget.properties.annotations?.alarms ?? []) : []
  })
  return [...new Set(named.map(alarmNameIn))]
}

const withAlarm = (properties: MetricWidgetProperties, alarms: readonly Alarm[]): MetricWidgetProperties => {
  const name = properties.annotations?.alarms?.[0]
  const alarm = name === undefined ? undefined : alarms.find(({ AlarmName }) => AlarmName === alarmNameIn(name))
  return alarm === undefined ? properties : alarmAsWidget(alarm, properties)
}
