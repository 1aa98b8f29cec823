import type uPlot from 'uplot'
import { quantity } from '../../words/quantities.ts'
import { clockTime, clockTimeToTheSecond, dayAndTime, dayOfYear } from '../../words/times.ts'
import type { StateBand } from './bands.ts'
import { paintBands, paintThreshold, type Threshold } from './marks.ts'
import { paletteOf, seriesColor } from './palette.ts'
import { loners, verticalRange } from './series.ts'

export interface PlotContent {
  readonly labels: readonly string[]
  readonly start: number
  readonly end: number
  readonly unit: string | undefined
  readonly threshold: Threshold | undefined
  readonly bands: readonly StateBand[]
}

interface Settings {
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
  readonly columns: number
  /** Read at every draw, so that new data needs no new plot. */
  readonly content: () => PlotContent
  readonly onCursor: (index: number | null) => void
  readonly onZoom: ((start: number, end: number) => void) | undefined
}

const FONT = '11px "Open Sans", "Helvetica Neue", Roboto, Arial, sans-serif'
/** Below this many points each gets its dot. */
const FEW_POINTS = 60
/** A drag shorter than this is a click. */
const SHORTEST_DRAG_PIXELS = 8

export const plotOptions = ({ width, height, theme, columns, content, onCursor, onZoom }: Settings): uPlot.Options => {
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
      ...Array.from({ length: columns }, (_, index): uPlot.Series => ({
        stroke: seriesColor(palette, index),
        width: 1.6,
        spanGaps: false,
        points: { size: 4, fill: seriesColor(palette, index), show: true, filter: shownPoints },
      })),
    ],
    hooks: {
      drawClear: [plot => paintBands(plot, content().bands, palette.states)],
      draw: [plot => paintThreshold(plot, content().threshold, palette.threshold, palette.halo, FONT)],
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
