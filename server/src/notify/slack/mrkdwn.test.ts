import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escape, escapeWithin, link } from './mrkdwn.ts'

describe('mrkdwn', () => {
  test('only the three characters that mean something are escaped', () => {
    expect(escape('<!here> & <@U1> *b* `c`')).toBe('&lt;!here&gt; &amp; &lt;@U1&gt; *b* `c`')
  })

  test.each([
    ['abc', 3, 'abc'], ['a&b', 7, 'a&amp;b'], ['a&b', 6, 'a…'], ['&&', 9, '&amp;…'], ['🔥🔥', 2, '🔥🔥'], ['🔥🔥🔥', 2, '🔥…'],
  ])('%s within %i is %s', (text, limit, expected) => {
    expect(escapeWithin(text, limit)).toBe(expected)
  })

  test('whatever the text, the limit holds and no escape is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('&', '<', '>', 'a', '🔥', '\ud83d', '\u0000', ';', 'amp'), maxLength: 60 })
    fc.assert(fc.property(text, fc.integer({ min: 1, max: 40 }), (input, limit) => {
      const escaped = escapeWithin(input, limit)
      expect(Array.from(escaped).length).toBeLessThanOrEqual(limit)
      expect(escaped).not.toMatch(/&(?!(amp|lt|gt);)|[<>]/)
      expect(escaped.isWellFormed()).toBe(true)
    }))
  })

  test('a link cannot be broken out of', () => {
    expect(link('https://x.example/?a=1&b=<c>|d', 'a|b>')).toBe('<https://x.example/?a=1&amp;b=%3Cc%3E%7Cd|a¦b&gt;>')
  })
})
