import { describe, expect, test } from 'vitest'
import { parseAddress } from './address.ts'
import { parseAllowList } from './allow-list.ts'

describe('the allow list', () => {
  test.each([
    ['10.0.0.0/8', '10.1.2.3', 80, true],
    ['10.1.2.3', '10.1.2.3', 9999, true],
    ['10.1.2.3:8080', '10.1.2.3', 8080, true],
    ['10.1.2.3:8080', '10.1.2.3', 8081, false],
    ['[fd00::1]:8080', 'fd00::1', 8080, true],
    ['[fd00::1]', 'fd00::1', 1, true],
    ['127.0.0.0/8', '::ffff:127.0.0.1', 1, true],
    ['*', '169.254.169.254', 80, true],
    ['hooks.corp.example', '10.0.0.1', 80, false],
    ['', '10.0.0.1', 80, false],
  ])('%j and the address %s port %i: %s', (text, address, port, expected) => {
    expect(parseAllowList(text).address(parseAddress(address)!, port)).toBe(expected)
  })

  test.each([
    ['hooks.corp.example', 'hooks.corp.example', 80, true],
    ['Hooks.Corp.Example.', 'hooks.corp.example', 80, true],
    ['hooks.corp.example', 'evil-hooks.corp.example', 80, false],
    ['hooks.corp.example', 'hooks.corp.example.evil.test', 80, false],
    ['hooks.corp.example:8443', 'hooks.corp.example', 8443, true],
    ['hooks.corp.example:8443', 'hooks.corp.example', 443, false],
    ['*.corp.example', 'a.b.corp.example', 80, true],
    ['*.corp.example', 'corp.example', 80, false],
    ['*.corp.example', 'evilcorp.example', 80, false],
    ['10.0.0.0/8, localhost', 'localhost', 80, true],
    ['*', 'anything', 1, true],
  ])('%j and the host %s port %i: %s', (text, host, port, expected) => {
    expect(parseAllowList(text).host(host, port)).toBe(expected)
  })

  test.each(['10.0.0.0/40', '10.0.0', 'http://corp.example', 'corp.example:0', 'corp.example:99999', 'a b/c', '**.x'])(
    'refuses %j at the start', text => {
      expect(() => parseAllowList(text)).toThrow(RangeError)
    })
})
