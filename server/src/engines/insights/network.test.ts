import { expect, test } from 'vitest'
import { networkOf } from './network.ts'

test.each<[text: string, network: string | undefined]>([
  ['10.1.2.3/8', '4/8 0A000000'],
  [' 192.168.0.255 ', '4/32 C0A800FF'],
  ['0.0.0.0/0', '4/0 00000000'],
  ['::/0', '6/0 00000000000000000000000000000000'],
  ['2001:DB8::1/33', '6/33 20010DB8000000000000000000000000'],
  ['::ffff:192.0.2.7', '6/128 00000000000000000000FFFFC0000207'],
  ['1:2:3:4:5:6:7:8', '6/128 00010002000300040005000600070008'],
  ['10.0.0.0/33', undefined], ['10.0.0/8', undefined], ['010.0.0.1', undefined], ['10.0.0.256', undefined], ['::1::', undefined], ['1:2:3:4:5:6:7', undefined], ['1:2:3:4:5:6:7:8::', undefined],
  ['::ffff:1.2.3', undefined], ['12345::', undefined], ['fe80::1%eth0', undefined], ['', undefined], ['everywhere', undefined], ['::/129', undefined],
])('%s', (text, network) => {
  const found = networkOf(text)
  expect(found && `${found.family}/${found.bits} ${found.first}`).toBe(network)
})
