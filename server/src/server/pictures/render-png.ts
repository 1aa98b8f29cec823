import { fileURLToPath } from 'node:url'
import type { ResvgRenderOptions } from '@resvg/resvg-js'
import type { Clock } from '../../base/clock.ts'
import { millis } from '../../base/time.ts'
import { CHART_FONT } from '../../engines/charts/draw-chart.ts'
import { encodePng } from './png.ts'

/** Markup of more than a few hundred full lines; a chart of 100 series in 2000 pixels has some 6 MB. */
const MAX_SVG = 16 * 1024 * 1024
/** One at a time: renderings occupy the threads that the journal's writes to disk need as well. */
const MAX_RUNNING = 1
const MAX_WAITING = 32
const TIME_LIMIT = millis(10_000)

export class PictureRefused extends Error {}

/**
 * SVG → PNG off the event loop. The renderer is only loaded for the first picture. Rejects with {@link PictureRefused} what is
 * too large, what comes while too many wait, and what takes longer than ten seconds.
 */
export class PngRenderer {
  readonly #clock: Clock
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Pictures under way and waiting. */
  get busy(): number {
    return this.#running + this.#waiting.length
  }

  /** `zoom` 2 has twice the pixels each way, for screens that show them. */
  async render(svg: string, zoom: 1 | 2): Promise<Buffer> {
    if (svg.length > MAX_SVG) throw new PictureRefused('the picture has too much in it')
    if (this.#waiting.length >= MAX_WAITING) throw new PictureRefused('too many pictures are being drawn')
    if (this.#running >= MAX_RUNNING) await new Promise<void>(resolve => this.#waiting.push(resolve))
    else this.#running++
    const drawing = this.#draw(svg, zoom)
    // What takes too long keeps its place until it ends: it cannot be stopped, and a second one would not be faster.
    const over = () => this.#next()
    drawing.then(over, over)
    return this.#limited(drawing)
  }

  async #draw(svg: string, zoom: 1 | 2): Promise<Buffer> {
    const { renderAsync } = await import('@resvg/resvg-js')
    const { pixels, width, height } = await renderAsync(svg, zoom === 1 ? OPTIONS : { ...OPTIONS, fitTo: { mode: 'zoom', value: zoom } })
    return encodePng(pixels, width, height)
  }

  #next(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#running--
    else next()
  }

  async #limited(drawing: Promise<Buffer>): Promise<Buffer> {
    const limit = Promise.withResolvers<never>()
    const timer = this.#clock.after(TIME_LIMIT, () => limit.reject(new PictureRefused('the picture took too long')))
    try {
      return await Promise.race([drawing, limit.promise])
    } finally {
      timer.cancel()
    }
  }
}

const fontFile = (name: string): string => fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}`))

/** The shipped font and no other: pictures look alike on every machine. */
const OPTIONS: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    fontFiles: [fontFile('DejaVuSans.ttf'), fontFile('DejaVuSans-Bold.ttf')],
    defaultFontFamily: CHART_FONT,
  },
}
