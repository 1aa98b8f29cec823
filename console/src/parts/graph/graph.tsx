import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import { useTheme } from '../../app/theme.ts'
import type { StateBand } from './bands.ts'
import { GraphTable } from './graph-table.tsx'
import { Legend } from './legend.tsx'
import type { Threshold } from './marks.ts'
import { type PlotContent, plotOptions } from './plot-options.ts'
import { type Series, toColumns } from './series.ts'
import { graphSummary } from './summary.ts'
import './graph.css'

interface Props {
  readonly title: string
  readonly series: readonly Series[]
  /** Epoch seconds. */
  readonly start: number
  readonly end: number
  readonly unit?: string | undefined
  readonly threshold?: Threshold | undefined
  readonly bands?: readonly StateBand[]
  readonly height?: number
  /** What can be done with a line, shown beside its name; each line then has a row of its own. */
  readonly lineActions?: (index: number) => ReactNode
  /** Called with epoch seconds when a stretch was dragged over. */
  readonly onZoom?: (start: number, end: number) => void
  /** A moment that is being looked at, and how to choose another; epoch seconds. */
  readonly picked?: number | undefined
  readonly onPick?: (at: number) => void
}

const NO_BANDS: readonly StateBand[] = []

/** Lines over time on a canvas, with a legend that follows the cursor, a summary in words and a table of the values. */
export const Graph = (props: Props) => {
  const { title, series, start, end, unit, threshold, bands = NO_BANDS, height = 260, lineActions, onZoom, picked, onPick } = props
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const [cursor, setCursor] = useState<number | null>(null)
  const theme = useTheme()
  const columns = useMemo(() => toColumns(series), [series])
  const limited = useMemo(() => series.map(({ limit }) => limit !== undefined), [series])
  const labels = useMemo(() => series.map(({ label }) => label), [series])
  const content: PlotContent = { labels, start, end, unit, threshold, bands, picked }
  const latest = useRef({ content, columns, onZoom, onPick })
  useEffect(() => {
    latest.current = { content, columns, onZoom, onPick }
  })

  const zoomable = onZoom !== undefined
  const pickable = onPick !== undefined
  const count = series.length
  const limits = series.map(({ limit }) => limit ?? '').join()
  useEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const made = new uPlot(
      plotOptions({
        width: element.clientWidth,
        height,
        theme,
        limits: limits.split(',').map(limit => (limit === 'lower' || limit === 'upper' ? limit : undefined)).slice(0, count),
        content: () => latest.current.content,
        onCursor: setCursor,
        onZoom: zoomable ? (from, to) => latest.current.onZoom?.(from, to) : undefined,
        onPick: pickable ? at => latest.current.onPick?.(at) : undefined,
      }),
      latest.current.columns as uPlot.AlignedData,
      element,
    )
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [theme, limits, count, height, zoomable, pickable])

  useEffect(() => {
    plot.current?.setData(columns as uPlot.AlignedData)
    // The scale may be as before while its labels are in another unit now.
    plot.current?.redraw(false, true)
  }, [columns, start, end, unit, threshold?.value, threshold?.label, bands, picked])

  const empty = columns[0].length === 0
  return (
    <figure className="graph">
      <div className="graph-plot" role="img" aria-label={graphSummary(title, series, start, end, unit)}>
        <div ref={box} />
        {empty && <div className="graph-empty">No data in this range</div>}
      </div>
      <Legend columns={columns} labels={labels} cursor={cursor} unit={unit} bands={bands} theme={theme} limited={limited} lineActions={lineActions} />
      {!empty && <GraphTable title={title} columns={columns} labels={labels} unit={unit} />}
    </figure>
  )
}
