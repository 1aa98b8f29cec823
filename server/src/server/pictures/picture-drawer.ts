import type { PictureDrawer } from '../../services/cloudwatch/widget-image/ports.ts'
import { PictureRefused, type PngRenderer } from './png-renderer.ts'

/** Pictures in their own size for GetMetricWidgetImage. */
export const pictureDrawer = (renderer: PngRenderer): PictureDrawer => ({
  async draw(svg) {
    try {
      return await renderer.render(svg, 1)
    } catch (error) {
      if (error instanceof PictureRefused) return undefined
      throw error
    }
  },
})
