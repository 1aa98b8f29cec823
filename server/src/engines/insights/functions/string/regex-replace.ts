import { RE2JS } from 're2js'
import { boundText, call } from '../../../../sql/expression.ts'
import { enginePattern } from '../../plan/regex.ts'
import { asText, stringValue } from '../../values.ts'
import type { BindContext, InsightsFunction } from '../insights-function.ts'

export const regexReplace: InsightsFunction = {
  name: 'regexReplace',
  aliases: ['regex_replace'],
  parameters: [
    { name: 'field', takes: 'string' },
    { name: 'pattern', takes: 'regex', constant: true },
    { name: 'replacement', takes: 'string', constant: true },
  ],
  text: 'The text with every match of a regular expression (RE2) replaced. `$1` to `$9`, or `\\1` to `\\9`, is what a group has matched, `$0` the whole match; `\\$` is a dollar.',
  examples: [
    { expression: 'regexReplace("id=123 id=4", /id=(\\d+)/, "#$1")', result: '#123 #4' },
    { expression: 'regexReplace("user@example.com", "[^@]+@", "***@")', result: '***@example.com' },
    { expression: 'regexReplace(missing, /a/, "b")', result: null },
  ],
  bind: ([text, pattern, replacement], context) => {
    // ClickHouse takes an empty expression for none.
    const engine = enginePattern(String(pattern!.constant) || '(?:)')
    if (typeof engine !== 'string') return context.refuse(`Invalid regular expression: ${engine.problem}`)
    const by = substitution(String(replacement!.constant), RE2JS.compile(engine).groupCount(), context)
    return stringValue(call('replaceRegexpAll', asText(text!), boundText(engine), boundText(by)))
  },
}

/** In RE2's own notation, which refuses a group that the expression does not have. */
const substitution = (replacement: string, most: number, context: BindContext): string =>
  replacement.replace(/\\([\\$])|\$\{(\d)\}|[$\\](\d)|\\/g, (_, escaped?: string, braced?: string, bare?: string) => {
    if (escaped !== undefined) return escaped === '\\' ? '\\\\' : escaped
    const group = braced ?? bare
    if (group === undefined) return '\\\\'
    if (Number(group) > most) context.refuse(`regexReplace: the expression has no group ${group}`)
    return `\\${group}`
  })
