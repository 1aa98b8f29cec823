import { useCallback } from 'react'
import type { WidgetPresentation } from '../../../../../server/src/engines/dashboards/metric-widget.ts'
import { type WidgetLine, widgetChart } from '../../../../../server/src/engines/dashboards/widget-chart.ts'
import { type ChartBox, ChartPicture } from '../../../parts/chart-picture/chart-picture.tsx'

interface Props {
  readonly title: string
  readonly presentation: WidgetPresentation
  readonly lines: readonly WidgetLine[]
  /** Epoch seconds. */
  readonly start: number
  readonly end: number
  readonly timezone: number
  readonly onZoom: (start: number, end: number) => void
}

/** The very picture that goes into messages and GetMetricWidgetImage. */
export const Picture = ({ title, presentation, lines, start, end, timezone, onZoom }: Props) => {
  const chartIn = useCallback(
    (box: ChartBox) => widgetChart(presentation, lines, {
      start, end, timezone, ...box, now: Date.now() / 1000,
      title: undefined, // It stands above the picture in the page.
    }),
    [presentation, lines, start, end, timezone],
  )
  return <ChartPicture title={title} chartIn={chartIn} onZoom={onZoom} />
}
