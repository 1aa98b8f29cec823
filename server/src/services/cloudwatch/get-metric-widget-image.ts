import type { GetMetricWidgetImageCommandInput, GetMetricWidgetImageOutput } from '@aws-sdk/client-cloudwatch'
import { toSeconds } from '../../base/time.ts'
import { drawChart } from '../../engines/charts/draw-chart.ts'
import { metricWidget } from '../../engines/dashboards/metric-widget.ts'
import { widgetChart } from '../../engines/dashboards/widget-chart.ts'
import { Fault, validationError } from '../../wire/fault.ts'
import { RawReply } from '../../wire/service.ts'
import { operation, type Operation } from '../operation.ts'
import { parseTimezone } from './data/dynamic-labels.ts'
import { missingParameter } from './faults.ts'
import type { AlarmStore } from './ports.ts'
import { alarmOfWidget, withAlarm } from './widget-image/alarm-widget.ts'
import type { PictureDrawer } from './widget-image/ports.ts'
import { widgetLines } from './widget-image/widget-lines.ts'
import { widgetRequest } from './widget-image/widget-request.ts'

/**
 * A metric widget as PNG: inside the answer (`png`), or as the whole body for plain HTTP callers (`image/png`). The data are
 * those that `getMetricData` answers the same caller.
 */
export const getMetricWidgetImage = (getMetricData: Operation, drawer: PictureDrawer, alarms: Pick<AlarmStore, 'get'>) =>
  operation<GetMetricWidgetImageCommandInput, GetMetricWidgetImageOutput | RawReply>({
    name: 'GetMetricWidgetImage',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [{ member: 'MetricWidget', how: 'of one Region, that of the request' }],
    async run({ MetricWidget, OutputFormat = 'png' }, call) {
      if (MetricWidget === undefined) throw missingParameter('MetricWidget')
      if (OutputFormat !== 'png' && OutputFormat !== 'image/png') {
        throw validationError(`The value ${OutputFormat} for parameter OutputFormat is not supported.`)
      }
      const request = widgetRequest(MetricWidget, call)
      const { range, width, height, theme } = request
      const alarm = await alarmOfWidget(request.properties, alarms, call)
      const properties = alarm === undefined ? request.properties : withAlarm(request.properties, alarm)
      const now = toSeconds(call.now)
      const { queries, presentation } = metricWidget(properties, { ...range, now, periods: 'inherit' })
      const lines = await widgetLines(getMetricData, queries, range, presentation.timezone, call)
      const { title, timezone } = presentation
      const chart = widgetChart(presentation, lines, { ...range, now, width, height, theme, title, timezone: parseTimezone(timezone) ?? 0 })
      const png = await drawer.draw(drawChart(chart))
      if (png === undefined) throw undrawn()
      return OutputFormat === 'image/png' ? new RawReply('image/png', png) : { MetricWidgetImage: png }
    },
  })

const undrawn = (): Fault =>
  new Fault('InternalServiceError', 'The image could not be drawn. Try again later, or with less in it.', { shape: 'InternalServiceFault', status: 500 })
