import type uPlot from 'uplot'
import { quantity } from '../../words/quantities.ts'
import { clockTime, clockTimeToTheSecond, dayAndTime, dayOfYear } from '../../words/times.ts'
import type { StateBand } from './bands.ts'
import { paintBands, paintMoment, paintThreshold, type Threshold } from './marks.ts'
import { paletteOf, seriesColor } from './palette.ts'
import { loners, type Series, verticalRange } from './series.ts'

export interface PlotContent {
  readonly labels: readonly string[]
  readonly start: number
  readonly end: number
  readonly unit: string | undefined
  readonly threshold: Threshold | undefined
  readonly bands: readonly StateBand[]
  /** A moment that is being looked at. */
  readonly picked?: number | undefined
}

interface Settings {
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
  /** What each line is. */
  readonly limits: readonly Series['limit'][]
  /** Read at every draw, so that new data needs no new plot. */
  readonly content: () => PlotContent
  readonly onCursor: (index: number | null) => void
  readonly onZoom: ((start: number, end: number) => void) | undefined
  readonly onPick: ((at: number) => void) | undefined
}

const FONT = '11px "Open Sans", "Helvetica Neue", Roboto, Arial, sans-serif'
/** Below this many points each gets its dot. */
const FEW_POINTS = 60
/** A drag shorter than this is a click. */
const SHORTEST_DRAG_PIXELS = 8

export const plotOptions = ({ width, height, theme, limits, content, onCursor, onZoom, onPick }: Settings): uPlot.Options => {
  const palette = paletteOf(theme)
  const axis = { stroke: palette.text, font: FONT, grid: { stroke: palette.grid, width: 1 }, ticks: { show: false } }
  return {
    width,
    height,
    padding: [12, 12, 0, 4],
    legend: { show: false },
    cursor: {
      points: { size: 7 },
      drag: { x: onZoom !== undefined, y: false, setScale: false, dist: SHORTEST_DRAG_PIXELS },
    },
    scales: {
      x: { time: true, range: () => [content().start, content().end] },
      y: { range: (_plot, low, high) => verticalRange(low, high, content().threshold?.value) },
    },
    axes: [
      {
        ...axis, grid: { show: false }, space: 70, size: 26,
        values: (_plot, ticks) => ticks.map((at, index) => timeTick(at, ticks[index - 1], ticks)),
      },
      {
        ...axis,
        space: 32,
        size: (_plot, labels) => 14 + 6.6 * Math.max(3, ...(labels ?? []).map(label => label.length)),
        values: (_plot, ticks) => ticks.map(value => quantity(value, content().unit)),
      },
    ],
    series: [
      {},
      ...limits.map((limit, index): uPlot.Series => ({
        stroke: limit === undefined ? seriesColor(palette, index) : `${palette.expected}88`,
        width: limit === undefined ? 1.6 : 1,
        spanGaps: false,
        points: { size: 4, fill: seriesColor(palette, index), show: limit === undefined, filter: shownPoints },
      })),
    ],
    bands: limits.flatMap((limit, index) => (limit === 'upper' ? [{ series: [index + 1, index], fill: `${palette.expected}2e` }] : [])),
    hooks: {
      drawClear: [plot => paintBands(plot, content().bands, palette.states)],
      draw: [
        plot => paintThreshold(plot, content().threshold, palette.threshold, palette.halo, FONT),
        plot => paintMoment(plot, content().picked, palette.text),
      ],
      ready: [plot => onPick && pickOnClick(plot, onPick)],
      setCursor: [plot => onCursor(plot.cursor.idx ?? null)],
      setSelect: [
        plot => {
          const { left, width: dragged } = plot.select
          if (dragged < SHORTEST_DRAG_PIXELS) return
          const [start, end] = [plot.posToVal(left, 'x'), plot.posToVal(left + dragged, 'x')]
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          onZoom?.(Math.floor(start), Math.ceil(end))
        },
      ],
    },
  }
}

/** A click that was no drag. */
const pickOnClick = (plot: uPlot, onPick: (at: number) => void): void => {
  let downAt = 0
  plot.over.addEventListener('mousedown', event => (downAt = event.clientX))
  plot.over.addEventListener('click', event => {
    if (Math.abs(event.clientX - downAt) < SHORTEST_DRAG_PIXELS) onPick(plot.posToVal(event.offsetX, 'x'))
  })
}

const shownPoints = (plot: uPlot, index: number): number[] => {
  const column = Array.from(plot.data[index] ?? [])
  const drawn = column.flatMap((value, at) => (value === null || value === undefined ? [] : [at]))
  return drawn.length <= FEW_POINTS ? drawn : loners(column)
}

const DAY = 86_400
const timeTick = (at: number, before: number | undefined, ticks: readonly number[]): string => {
  const step = (ticks[1] ?? at) - (ticks[0] ?? at)
  if (step >= DAY) return dayOfYear(at)
  const day = dayOfYear(at)
  if (before !== undefined && dayOfYear(before) !== day) return dayAndTime(at)
  return step > 0 && step < 60 ? clockTimeToTheSecond(at) : clockTime(at)
}
