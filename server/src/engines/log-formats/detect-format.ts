import { BrokenLog, type LogFormat, type Sample } from './log-format.ts'
import { plainText } from './plain-text.ts'
import { FORMATS } from './registry.ts'
import { TextReader } from './text-reader.ts'

/** How much of an object is looked at; more is of no use. */
export const SAMPLE_BYTES = 65_536
const LINES = 20

/**
 * What an object is, by its first bytes (up to {@link SAMPLE_BYTES}, decompressed). Throws {@link BrokenLog} where it is no text. The content
 * decides; `key` only names the object in the refusal.
 */
export const detectFormat = (firstBytes: Uint8Array, key: string): LogFormat => {
  const bytes = firstBytes.subarray(0, SAMPLE_BYTES)
  refuseBinary(bytes, key)
  const sample = sampleOf(bytes)
  return sample.lines.length === 0 ? plainText : (FORMATS.find(format => format.fits(sample)) ?? plainText)
}

const sampleOf = (bytes: Uint8Array): Sample => {
  const text = new TextReader().read(bytes)
  const lines = text.split('\n', LINES + 1)
  // The last line may be cut, by the sample or by this count.
  const whole = lines.length > 1 && (lines.length > LINES || bytes.length === SAMPLE_BYTES) ? lines.slice(0, -1) : lines
  return { text, lines: whole.map(line => line.replace(/\r$/, '')).filter(line => line !== '') }
}

const COMPRESSED: readonly (readonly number[])[] = [
  [0x1f, 0x8b], [0x50, 0x4b, 3, 4], [0x28, 0xb5, 0x2f, 0xfd], [0x42, 0x5a, 0x68, 0x31, 0x31], [0x42, 0x5a, 0x68, 0x39, 0x31], [0xfd, 0x37, 0x7a, 0x58, 0x5a],
]

/** Text has few control characters; a tenth, beside tab, line ends and escape, makes it something else. */
const refuseBinary = (bytes: Uint8Array, key: string): void => {
  if (COMPRESSED.some(magic => magic.every((byte, index) => bytes[index] === byte))) {
    throw new BrokenLog('compressed', `${key} is compressed, in a way that is not known here.`)
  }
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (utf16) return
  let controls = 0
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) controls++
  if (controls * 10 > bytes.length) throw new BrokenLog('binary', `${key} is no text: ${controls} of its first ${bytes.length} bytes are control characters.`)
}
