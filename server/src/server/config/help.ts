import { SETTINGS, type Setting } from './settings.ts'

/** What `--help` prints. */
export const help = (): string => {
  const settings: readonly Setting[] = Object.values(SETTINGS)
  const lines = settings.flatMap(({ flag, variable, secret, fallback, text }) => [
    `  --${flag}  ${variable}${secret ? ` or ${variable}_FILE` : ''}${fallback === undefined || fallback === '' ? '' : `  (${fallback})`}`,
    `      ${text.replaceAll('`', '')}`,
  ])
  return ['Usage: npm start -- [flags]', '', ...lines, ''].join('\n')
}
