import { expect, test } from 'vitest'
import { crc32c } from './crc32c.ts'
import { Crc64Nvme } from './crc64-nvme.ts'

const TEXT = Buffer.from('123456789')

test('CRC-32C and CRC-64/NVME have the check values of their catalogue', () => {
  expect(crc32c(TEXT).toString(16)).toBe('e3069283')
  const crc = new Crc64Nvme()
  crc.add(TEXT)
  expect(crc.digest().toString('hex')).toBe('ae8b14860a799888')
  expect(new Crc64Nvme().digest().toString('hex')).toBe('0000000000000000')
})

test.each([0, 1, 7, 8, 9, 100, 4097])('in pieces of %i bytes first they are the same', cut => {
  const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 31 + (at >> 3)) & 0xff))
  expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(crc32c(bytes))
  const [whole, parts] = [new Crc64Nvme(), new Crc64Nvme()]
  whole.add(bytes)
  parts.add(bytes.subarray(0, cut))
  parts.add(bytes.subarray(cut))
  expect(parts.digest()).toEqual(whole.digest())
})
