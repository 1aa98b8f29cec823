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

/** The bytes that they begin with, as Latin-1. */
const COMPRESSED: readonly (readonly [name: string, magic: string])[] = [
  ['gzip', '\x1f\x8b'], ['zip', 'PK\x03\x04'], ['zstd', '\x28\xb5\x2f\xfd'], ['xz', '\xfd7zXZ\0'], ['LZ4', '\x04\x22\x4d\x18'], ['snappy', '\xff\x06\0\0sNaPpY'],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(level => ['bzip2', `BZh${level}1AY&SY`] as const),
]
const TABLES: readonly (readonly [name: string, magic: string])[] = [['Parquet', 'PAR1'], ['Avro', 'Obj\x01'], ['ORC', 'ORC\b'], ['ORC', 'ORC\n']]

/**
 * Text has few control characters; a tenth, beside tab, line ends and escape, makes it something else. Where they are fewer, they are strange
 * beside bytes that are no UTF-8: in other encodings text has those, but no control characters.
 */
const refuseBinary = (bytes: Uint8Array, key: string): void => {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  const [packed] = COMPRESSED.find(([, magic]) => head.startsWith(magic)) ?? []
  if (packed !== undefined) throw new BrokenLog('compressed', `${key} is ${packed === 'gzip' ? 'packed twice' : `packed by ${packed}`}; gzip is undone, once.`)
  const [table] = TABLES.find(([, magic]) => head.startsWith(magic)) ?? []
  if (table !== undefined) throw new BrokenLog('binary', `${key} is a table of ${table}, and no text.`)
  if (head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff')) return
  let controls = 0
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) controls++
  const strange = controls * 50 > bytes.length ? Buffer.from(bytes).toString('utf8').split('\ufffd').length - 1 : 0
  if (controls * 10 > bytes.length || strange * 10 > bytes.length) {
    throw new BrokenLog('binary', `${key} is no text: ${controls} of its first ${bytes.length} bytes are control characters.`)
  }
}
