import type { GetMetricWidgetImageCommandInput, GetMetricWidgetImageOutput } from '@aws-sdk/client-cloudwatch'
import { drawChart } from '../../engines/charts/draw-chart.ts'
import { metricWidget } from '../../engines/dashboards/metric-widget.ts'
import { Fault, validationError } from '../../wire/fault.ts'
import { RawReply } from '../../wire/service.ts'
import { operation, type Operation } from '../operation.ts'
import { missingParameter } from './faults.ts'
import type { PictureDrawer } from './widget-image/ports.ts'
import { widgetChart } from './widget-image/widget-chart.ts'
import { widgetLines } from './widget-image/widget-lines.ts'
import { widgetRequest } from './widget-image/widget-request.ts'

/**
 * A metric widget as PNG: inside the answer (`png`), or as the whole body for plain HTTP callers (`image/png`). The data are
 * those that `getMetricData` answers the same caller.
 */
export const getMetricWidgetImage = (getMetricData: Operation, drawer: PictureDrawer) =>
  operation<GetMetricWidgetImageCommandInput, GetMetricWidgetImageOutput | RawReply>({
    name: 'GetMetricWidgetImage',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [{ member: 'MetricWidget', how: 'of one Region, that of the request; `annotations.alarms` is refused' }],
    async run({ MetricWidget, OutputFormat = 'png' }, call) {
      if (MetricWidget === undefined) throw missingParameter('MetricWidget')
      if (OutputFormat !== 'png' && OutputFormat !== 'image/png') {
        throw validationError(`The value ${OutputFormat} for parameter OutputFormat is not supported.`)
      }
      const request = widgetRequest(MetricWidget, call)
      const { queries, presentation } = metricWidget(request.properties, { ...request.range, periods: 'inherit' })
      const lines = await widgetLines(getMetricData, queries, request.range, presentation.timezone, call)
      const png = await drawer.draw(drawChart(widgetChart(request, presentation, lines, call.now)))
      if (png === undefined) throw undrawn()
      return OutputFormat === 'image/png' ? new RawReply('image/png', png) : { MetricWidgetImage: png }
    },
  })

const undrawn = (): Fault =>
  new Fault('InternalServiceError', 'The image could not be drawn. Try again later, or with less in it.', { shape: 'InternalServiceFault', status: 500 })
