/** The few ASN.1 types that a certificate is made of, in DER (ITU-T X.690). */

const tagged = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(contents)
  return Buffer.concat([Buffer.of(tag), lengthOf(body.length), body])
}

const lengthOf = (length: number): Buffer => {
  if (length < 0x80) return Buffer.of(length)
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return Buffer.of(0x80 | bytes.length, ...bytes)
}

export const sequence = (...members: readonly Uint8Array[]): Buffer => tagged(0x30, ...members)
export const set = (...members: readonly Uint8Array[]): Buffer => tagged(0x31, ...members)
export const explicit = (index: number, member: Uint8Array): Buffer => tagged(0xa0 | index, member)
export const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.of(value ? 0xff : 0))
export const octetString = (content: Uint8Array): Buffer => tagged(0x04, content)
export const nothing = (): Buffer => tagged(0x05)
export const utf8String = (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8'))

/** A non-negative integer, most significant byte first. */
export const integer = (bytes: Uint8Array): Buffer => {
  const start = bytes.findIndex(byte => byte !== 0)
  const significant = start === -1 ? Buffer.of(0) : Buffer.from(bytes.subarray(start))
  return tagged(0x02, ...(significant[0]! >= 0x80 ? [Buffer.of(0)] : []), significant)
}

export const bitString = (content: Uint8Array, unusedBits = 0): Buffer => tagged(0x03, Buffer.of(unusedBits), content)

export const objectIdentifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

const base128 = (value: number): readonly number[] => {
  const bytes = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return bytes
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export const time = (epochMillis: number): Buffer => {
  const digits = `${new Date(epochMillis).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
  return digits < '2050' ? tagged(0x17, Buffer.from(digits.slice(2), 'ascii')) : tagged(0x18, Buffer.from(digits, 'ascii'))
}
