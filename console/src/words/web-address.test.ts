import { expect, test } from 'vitest'
import { isWebAddress } from './web-address.ts'

test.each([
  ['https://wiki.example.com/x', true], ['HTTP://a', true], ['javascript:alert(1)', false], ['java\nscript:alert(1)', false],
  ['data:text/html,x', false],
  ['wiki/page', false], ['https://', false], [' https://a', false], ['', false],
])('%j is a web address: %s', (text, is) => {
  expect(isWebAddress(text)).toBe(is)
})
