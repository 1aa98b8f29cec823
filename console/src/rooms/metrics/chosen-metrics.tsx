import Button from '@cloudscape-design/components/button'
import { useTheme } from '../../app/theme.ts'
import type { Metric } from '../../aws/shapes.ts'
import { paletteOf, seriesColor } from '../../parts/graph/palette.ts'
import { dimensionValues, lineName, metricId } from './metric-groups.ts'

interface Props {
  readonly metrics: readonly Metric[]
  onRemove(metric: Metric): void
  onAlarm(metric: Metric): void
}

/** The drawn metrics, each with its colour, what makes it itself, and what can be done with it. */
export const ChosenMetrics = ({ metrics, onRemove, onAlarm }: Props) => {
  const palette = paletteOf(useTheme())
  return (
    <ul className="chosen-metrics" aria-label="Metrics in the graph">
      {metrics.map((metric, index) => (
        <li key={metricId(metric)}>
          <svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="3" fill={seriesColor(palette, index)} /></svg>
          <span className="wrap-anywhere">
            <b>{metric.MetricName}</b> <span className="quiet">{metric.Namespace}{dimensionValues(metric) !== '' && ` · ${dimensionValues(metric)}`}</span>
          </span>
          <span className="chosen-buttons">
            <Button variant="inline-link" ariaLabel={`Create an alarm on ${lineName(metric)}`} onClick={() => onAlarm(metric)}>Create alarm</Button>
            <Button variant="inline-icon" iconName="close" ariaLabel={`Remove ${lineName(metric)} from the graph`} onClick={() => onRemove(metric)} />
          </span>
        </li>
      ))}
    </ul>
  )
}
