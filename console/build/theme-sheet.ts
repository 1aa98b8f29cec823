import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'
import { ALIASES, OVERRIDES } from './theme-tokens.ts'

const require = createRequire(import.meta.url)
const ID = 'virtual:theme.css'

/**
 * The console's colours as a static style sheet. Cloudscape's own `applyTheme` writes a `<style>` element at run time,
 * which a CSP without 'unsafe-inline' refuses; its custom properties carry a hash that changes with its version, so
 * the sheet is made from the token names at build time, and fails loudly when a token is gone.
 */
export const themeSheet = (): Plugin => ({
  name: 'tocsin-theme-sheet',
  resolveId: id => (id === ID ? `\0${ID}` : undefined),
  load: id => (id === `\0${ID}` ? sheet() : undefined),
})

interface Preset {
  readonly propertiesMap: Readonly<Record<string, string>>
}

const sheet = (): string => {
  const home = dirname(require.resolve('@cloudscape-design/components/package.json'))
  const { preset } = require(join(home, 'internal/generated/theming/index.cjs')) as { preset: Preset }
  const property = (token: string): string => {
    const name = preset.propertiesMap[token]
    if (name === undefined) throw new Error(`Cloudscape has no token ${token} any more`)
    return name
  }
  const overrides = Object.entries(OVERRIDES)
  const light = overrides.map(([token, [value]]) => `${property(token)}:${value}`)
  const dark = overrides.map(([token, [, value]]) => `${property(token)}:${value}`)
  const aliases = Object.entries(ALIASES).map(([alias, token]) => `--${alias}:var(${property(token)})`)
  // The doubled class lifts the rules above Cloudscape's own, wherever they stand in the bundle.
  return [
    `body.tocsin{${[...light, ...aliases].join(';')}}`,
    `body.tocsin.awsui-dark-mode.awsui-dark-mode{${dark.join(';')}}`,
  ].join('\n')
}
