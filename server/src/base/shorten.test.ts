import { expect, it } from 'vitest'
import { shorten } from './shorten.ts'

it.each([
  ['alarm', 5, 'alarm'], ['alarms', 5, 'al...'], ['🔥🔥🔥', 5, '🔥...'], ['🔥🔥🔥', 4, '...'], ['abcdef', 3, '...'], ['abcdef', 2, '..'], ['', 0, ''],
])('%s in %i is %s', (text, limit, expected) => expect(shorten(text, limit)).toBe(expected))
