import { fileURLToPath } from 'node:url'
import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js'
import { CHART_FONT } from '../../engines/charts/svg.ts'
import type { DrawingAnswer, DrawingOrder } from './drawing-messages.ts'

// Entry of the child process that turns SVG into PNG, one picture after the other; it ends with its parent.

/** The shipped font and no other: pictures look alike on every machine. */
const OPTIONS: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    fontFiles: [
      fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
      fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
    ],
    defaultFontFamily: CHART_FONT,
  },
}

const draw = ({ svg, zoom }: DrawingOrder): DrawingAnswer => {
  try {
    return { png: new Resvg(svg, { ...OPTIONS, fitTo: { mode: 'zoom', value: zoom } }).render().asPng() }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', order => process.send?.(draw(order as DrawingOrder)))
process.on('disconnect', () => process.exit(0))
