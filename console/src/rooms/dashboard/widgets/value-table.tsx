import type { WidgetPresentation } from '../../../../../server/src/engines/dashboards/metric-widget.ts'
import type { ChartSeries } from '../../../../../server/src/engines/charts/chart.ts'
import { quantity } from '../../../words/quantities.ts'
import { dayAndTime } from '../../../words/times.ts'

interface Props {
  readonly title: string
  readonly table: WidgetPresentation['table']
  readonly series: readonly ChartSeries[]
}

/** More than these help nobody, and hold the page up. */
const MOST_TIMES = 100

const SUMMARIES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  MIN: values => values.reduce((a, b) => Math.min(a, b)),
  MAX: values => values.reduce((a, b) => Math.max(a, b)),
  SUM: values => values.reduce((a, b) => a + b, 0),
  AVG: values => values.reduce((a, b) => a + b, 0) / values.length,
}
const NAMES: Readonly<Record<string, string>> = { MIN: 'Min', MAX: 'Max', SUM: 'Sum', AVG: 'Average' }

/** The values as a table: a series a row (horizontal), or a column. */
export const ValueTable = ({ title, table: { layout, stickySummary, showTimeSeriesData, summaryColumns }, series }: Props) => {
  const times = showTimeSeriesData ? [...new Set(series.flatMap(({ timestamps }) => timestamps))].sort((a, b) => b - a).slice(0, MOST_TIMES) : []
  const heads = [...summaryColumns.map(name => NAMES[name] ?? name), ...times.map(at => dayAndTime(at))]
  const rows = series.map(({ timestamps, values }) => {
    const at = new Map(timestamps.map((time, index) => [time, values[index]]))
    const known = values.filter(value => Number.isFinite(value))
    return [...summaryColumns.map(name => (known.length === 0 ? undefined : SUMMARIES[name]?.(known))), ...times.map(time => at.get(time))]
  })
  const shown = (value: number | undefined): string => (value === undefined ? '–' : quantity(value))
  const sticky = (index: number): string => (stickySummary && index < summaryColumns.length ? 'widget-sticky number' : 'number')
  return (
    <div className="widget-table" tabIndex={0} role="region" aria-label={`Values of ${title}`}>
      <table>
        {layout === 'horizontal' ? (
          <>
            <thead><tr><th scope="col">Label</th>{heads.map((head, index) => <th key={`${index} ${head}`} scope="col">{head}</th>)}</tr></thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={`${index} ${series[index]?.label}`}>
                  <th scope="row">{series[index]?.label}</th>
                  {row.map((value, column) => <td key={heads[column] ?? column} className={sticky(column)}>{shown(value)}</td>)}
                </tr>
              ))}
            </tbody>
          </>
        ) : (
          <>
            <thead><tr><th scope="col">Time</th>{series.map(({ label }, index) => <th key={`${index} ${label}`} scope="col">{label}</th>)}</tr></thead>
            <tbody>
              {heads.map((head, index) => (
                <tr key={`${index} ${head}`}>
                  <th scope="row">{head}</th>
                  {rows.map((row, column) => <td key={`${column} ${series[column]?.label}`} className={sticky(index)}>{shown(row[index])}</td>)}
                </tr>
              ))}
            </tbody>
          </>
        )}
      </table>
      {series.length === 0 && <p className="quiet">No data</p>}
    </div>
  )
}
