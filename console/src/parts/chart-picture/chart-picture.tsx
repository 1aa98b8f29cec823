import { type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Chart } from '../../../../server/src/engines/charts/chart.ts'
import { drawChart } from '../../../../server/src/engines/charts/draw-chart.ts'
import { chosenColor, paletteColor, THEMES } from '../../../../server/src/engines/charts/theme.ts'
import { useTheme } from '../../app/theme.ts'
import { quantity } from '../../words/quantities.ts'
import { fullTime } from '../../words/times.ts'
import { setHoveredTime, useHoveredTime } from './hovered-time.ts'
import { useSize } from './use-size.ts'
import './chart-picture.css'

/** How big a chart is to be, and in which colours. */
export type ChartBox = Pick<Chart, 'width' | 'height' | 'theme'>

interface Props {
  readonly title: string
  /** The same function as long as the chart is the same. */
  readonly chartIn: (box: ChartBox) => Chart
  readonly onZoom: (start: number, end: number) => void
}

/** A drag shorter than this is a click. */
const SHORTEST_DRAG_PIXELS = 8
/** More lines than these do not fit beside the cursor. */
const MOST_SHOWN = 12

/** A picture of the server's own engine that fills the place it stands in, with a cursor that all pictures share. */
export const ChartPicture = ({ title, chartIn, onZoom }: Props) => {
  const [box, { width, height }] = useSize()
  const theme = useTheme()
  const id = useId()
  const chart = useMemo(() => chartIn({ theme, width: Math.max(1, width), height: Math.max(1, height) }), [chartIn, theme, width, height])
  // One document holds many pictures: each needs a name of its own for its clip path. Labels cannot hold a bare quote.
  const svg = useMemo(() => drawChart(chart).replace('id="plot"', `id="${id}"`).replace('"url(#plot)"', `"url(#${id})"`), [chart, id])
  const summary = `${title}. ${chart.series.map(({ label, values }) => {
    const last = values.at(-1)
    return `${label}: ${last === undefined ? 'no data' : `latest ${quantity(last)}`}`
  }).join('; ') || 'No data'}.`
  return (
    <div ref={box} className="widget-picture">
      {/* Made by our own engine, which escapes every text in it. */}
      {width > 0 && <div className="widget-svg" role="img" aria-label={summary} dangerouslySetInnerHTML={{ __html: svg }} />}
      {width > 0 && chart.view === 'timeSeries' && <Cursor chart={chart} svg={svg} onZoom={onZoom} />}
    </div>
  )
}

interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const Cursor = ({ chart, svg, onZoom }: { readonly chart: Chart; readonly svg: string } & Pick<Props, 'onZoom'>) => {
  const overlay = useRef<HTMLDivElement>(null)
  const [area, setArea] = useState<Area>()
  const [own, setOwn] = useState(false)
  const [dragFrom, setDragFrom] = useState<number>()
  const hovered = useHoveredTime()
  useEffect(() => {
    const plot = overlay.current?.parentElement?.querySelector('clipPath > rect')
    const read = (name: string): number => Number(plot?.getAttribute(name) ?? 0)
    setArea({ left: read('x'), top: read('y'), width: read('width'), height: read('height') })
  }, [svg])
  const { start, end } = chart
  const timeAt = (event: PointerEvent): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return start + Math.min(1, Math.max(0, (event.clientX - left) / width)) * (end - start)
  }
  const x = (at: number): number => ((at - start) / (end - start)) * (area?.width ?? 0)
  const shown = hovered !== undefined && hovered >= start && hovered <= end ? hovered : undefined
  return (
    <div
      ref={overlay}
      className="widget-cursor"
      style={area}
      onPointerMove={event => {
        setOwn(true)
        setHoveredTime(timeAt(event))
      }}
      onPointerLeave={() => {
        setOwn(false)
        setDragFrom(undefined)
        setHoveredTime(undefined)
      }}
      onPointerDown={event => setDragFrom(timeAt(event))}
      onPointerUp={event => {
        const to = timeAt(event)
        if (dragFrom !== undefined && Math.abs(x(to) - x(dragFrom)) >= SHORTEST_DRAG_PIXELS) {
          onZoom(Math.floor(Math.min(dragFrom, to)), Math.ceil(Math.max(dragFrom, to)))
        }
        setDragFrom(undefined)
      }}
    >
      {shown !== undefined && <div className="widget-crosshair" style={{ left: x(shown) }} />}
      {shown !== undefined && dragFrom !== undefined && (
        <div className="widget-drag" style={{ left: Math.min(x(dragFrom), x(shown)), width: Math.abs(x(shown) - x(dragFrom)) }} />
      )}
      {shown !== undefined && own && <Readings chart={chart} at={shown} right={x(shown) < (area?.width ?? 0) / 2} place={x(shown)} />}
    </div>
  )
}

interface ReadingsProps {
  readonly chart: Chart
  readonly at: number
  readonly right: boolean
  readonly place: number
}

const Readings = ({ chart, at, right, place }: ReadingsProps) => {
  const theme = THEMES[chart.theme]
  const readings = chart.series.flatMap(({ label, color, timestamps, values, upper, period }, index) => {
    const found = timestamps.findLastIndex(time => time <= at)
    const time = timestamps[found]
    const value = values[found]
    if (time === undefined || value === undefined || at - time > Math.max(period, 1) * 1.5) return []
    const high = upper?.[found]
    return [{ label, time, color: chosenColor(color, paletteColor(index, theme)), text: high === undefined ? quantity(value) : `${quantity(value)} … ${quantity(high)}`, value }]
  })
  const sorted = readings.toSorted((a, b) => b.value - a.value)
  return (
    <div className="widget-readings" style={right ? { left: place + 12 } : { right: `calc(100% - ${place - 12}px)` }}>
      <div className="quiet">{fullTime(readings[0]?.time ?? at)}</div>
      {sorted.slice(0, MOST_SHOWN).map(({ label, color, text }, index) => (
        <div key={`${index} ${label}`} className="widget-reading">
          <svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="2" fill={color} /></svg>
          <span className="widget-reading-label">{label}</span> <b className="number">{text}</b>
        </div>
      ))}
      {sorted.length > MOST_SHOWN && <div className="quiet">and {sorted.length - MOST_SHOWN} more</div>}
    </div>
  )
}
