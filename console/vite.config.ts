import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressedCopies } from './build/compressed-copies.ts'
import { fontFiles } from './build/font-files.ts'
import { insightsWords } from './build/insights-words.ts'
import { themeSheet } from './build/theme-sheet.ts'

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the console works below any path prefix a proxy puts in front.
  base: './',
  plugins: [react(), themeSheet(), insightsWords(), fontFiles(), compressedCopies()],
  build: {
    target: 'es2023',
    // The console's CSP allows no data: fonts and scripts; every asset is a file.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack)[\\/]/ },
            { name: 'components', test: /node_modules[\\/]@cloudscape-design[\\/]/ },
            { name: 'editor', test: /node_modules[\\/](@codemirror|@lezer|style-mod|crelt|w3c-keyname)[\\/]/ },
            { name: 'plot', test: /node_modules[\\/]uplot[\\/]/ },
          ],
        },
      },
    },
  },
})
