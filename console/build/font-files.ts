import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const DATA_FONT = /url\((['"]?)data:font\/woff2;base64,([A-Za-z0-9+/=]+)\1\)/g

/**
 * Moves the fonts that Cloudscape carries as data: URLs inside its style sheet into files of their own: the page then
 * needs no `data:` in the CSP's font-src, and a browser fetches only the weights that it draws.
 */
export const fontFiles = (): Plugin => ({
  name: 'tocsin-font-files',
  apply: 'build',
  // After Vite's own plugins, which write the style sheet.
  enforce: 'post',
  generateBundle(_options, bundle) {
    for (const asset of Object.values(bundle)) {
      if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue
      asset.source = asset.source.toString().replaceAll(DATA_FONT, (_match, _quote, base64: string) => {
        const font = Buffer.from(base64, 'base64')
        const name = `font-${createHash('sha256').update(font).digest('hex').slice(0, 8)}.woff2`
        this.emitFile({ type: 'asset', fileName: `assets/${name}`, source: font })
        return `url(${name})`
      })
    }
  },
})
