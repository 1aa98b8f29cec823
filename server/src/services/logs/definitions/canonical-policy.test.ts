import { expect, test } from 'vitest'
import { canonicalPolicy } from './canonical-policy.ts'

test.each<[string, string, string]>([
  [
    'blanks, order, version, lists of one',
    '{"Statement":[{"Action":["logs:*"], "Effect":"Allow","Principal":{"Service": ["dns.example.com"]},"Resource":"*"}]}',
    '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"dns.example.com"},"Action":"logs:*","Resource":"*"}]}',
  ],
  [
    'what is there stays',
    '{"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"s","Effect":"Allow","NotPrincipal":"*","NotAction":["a","b"],"Resource":["x","y"],"Condition":{"C":{"k":["v"]}}}]}',
    '{"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"s","Effect":"Allow","NotPrincipal":"*","NotAction":["a","b"],"Resource":["x","y"],"Condition":{"C":{"k":["v"]}}}]}',
  ],
  ['a statement alone', '{"Statement":{"Effect":"Deny"}}', '{"Version":"2008-10-17","Statement":[{"Effect":"Deny"}]}'],
  ['no policy: a text', '"x"', '"x"'],
  ['no policy: a list', '[ ]', '[ ]'],
  ['no policy: statements that are none', '{"Statement":[1]}', '{"Statement":[1]}'],
  ['no policy: nothing', '{ }', '{ }'],
  ['no JSON', '{', '{'],
])('%s', (_, document, expected) => {
  expect(canonicalPolicy(document)).toBe(expected)
})
