import { drawBars } from './bars.ts'
import { inset, type Box } from './box.ts'
import type { Chart } from './chart.ts'
import { drawGauges } from './gauge.ts'
import { noData } from './no-data.ts'
import { drawPie } from './pie.ts'
import type { Painted } from './plot.ts'
import { drawSingleValues } from './single-value.ts'
import { CHART_FONT, element, fit, textAt, type Svg } from './svg.ts'
import { THEMES, chosenColor, paletteColor, type Theme } from './theme.ts'
import { drawTimeSeries } from './time-series.ts'

const TITLE_SIZE = 14

/** The chart as an SVG document. Equal charts give equal texts; no label, colour or value can break out of it. */
export const drawChart = (chart: Chart): Svg => {
  const theme = THEMES[chart.theme]
  const frame = { x: 0, y: 0, width: chart.width, height: chart.height }
  const margin = Math.min(14, chart.width * 0.04, chart.height * 0.04)
  const page = inset(frame, { top: margin, right: margin, bottom: margin, left: margin })
  const titled = chart.title !== undefined && chart.title !== '' && page.height >= 80
  const body = titled ? inset(page, { top: TITLE_SIZE + 12 }) : page
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: chart.width,
      height: chart.height,
      viewBox: `0 0 ${chart.width} ${chart.height}`,
      'font-family': CHART_FONT,
    },
    element('rect', { width: chart.width, height: chart.height, fill: theme.background }),
    titled ? textAt(page.x, page.y + TITLE_SIZE, fit(chart.title, page.width, TITLE_SIZE, true), { size: TITLE_SIZE, color: theme.text, bold: true }) : '',
    drawView(chart, paint(chart, theme), body, frame, theme),
  )
}

const drawView = (chart: Chart, painted: readonly Painted[], body: Box, frame: Box, theme: Theme): Svg => {
  if (painted.length === 0 && chart.view !== 'timeSeries') return noData(body, theme)
  switch (chart.view) {
    case 'timeSeries':
      return drawTimeSeries(chart, painted, body, frame, theme)
    case 'singleValue':
      return drawSingleValues(chart, painted, body, theme)
    case 'gauge':
      return drawGauges(chart, painted, body, theme)
    case 'bar':
      return drawBars(chart, painted, body, theme)
    case 'pie':
      return drawPie(chart, painted, body, theme)
  }
}

/** Hidden series keep their colour: showing one changes no other's. */
const paint = ({ series }: Chart, theme: Theme): readonly Painted[] =>
  series
    .map((one, index) => ({ series: one, color: chosenColor(one.color, paletteColor(index, theme)) }))
    .filter(({ series: one }) => one.visible)
