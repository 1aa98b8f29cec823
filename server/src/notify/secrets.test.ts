import { expect, test } from 'vitest'
import { concealed, endpointSecrets } from './secrets.ts'

test.each([
  [
    'https://hooks.slack.com/services/T000/B000/abcdefgh',
    'POST /services/T000/B000/abcdefgh failed; abcdefgh; "\\/services\\/T000\\/B000\\/abcdefgh"',
    'POST … failed; …; "…"',
  ],
  ['https://user:hunter22@x.example/', 'user:hunter22 hunter22', 'user:… …'],
  ['https://x.example/?key=a%2Fbcdefg', 'key=a%2Fbcdefg or a/bcdefg', '… or …'],
  ['0123456789abcdef0123456789abcdef', 'key 0123456789abcdef0123456789abcdef', 'key …'],
  ['https://x.example/a', 'a short word is no secret', 'a short word is no secret'],
])('%s', (endpoint, text, expected) => {
  expect(concealed(text, endpointSecrets(endpoint))).toBe(expected)
})
