import { expect, test } from 'vitest'
import { SETTINGS, type Setting } from '../server/src/server/config/settings.ts'
import { read } from './source-files.ts'

const row = ({ flag, variable, secret, fallback, text }: Setting): string =>
  `| \`--${flag}\` | \`${variable}\`${secret ? ' (or `_FILE`)' : ''} | ${fallback === undefined || fallback === '' ? '–' : `\`${fallback}\``} | ${text} |`

test('the README\'s table is the list of settings', () => {
  const table = read('README.md').split('\n').filter(line => line.startsWith('| `--'))
  expect(table).toEqual(Object.values(SETTINGS).map(row))
})
