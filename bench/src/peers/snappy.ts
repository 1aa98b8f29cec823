const SHORTEST_COPY = 4
const LONGEST_COPY = 64
const FARTHEST = 0xffff
const TABLE_BITS = 14

/** Bytes in Snappy's block format, which remote write asks for; greedy, as its own encoder is. */
export const snappy = (input: Buffer): Buffer => {
  const output = Buffer.allocUnsafe(32 + input.length + Math.ceil(input.length / 6))
  const seen = new Int32Array(1 << TABLE_BITS).fill(-1)
  let end = 0
  for (let rest = input.length; ; rest >>>= 7) {
    output[end++] = rest < 128 ? rest : (rest & 127) | 128
    if (rest < 128) break
  }
  const literal = (from: number, to: number): void => {
    const length = to - from - 1
    if (length < 0) return
    if (length < 60) output[end++] = length << 2
    else {
      output[end++] = 62 << 2
      end = output.writeUIntLE(length, end, 3)
    }
    end += input.copy(output, end, from, to)
  }
  let kept = 0
  for (let at = 0; at + SHORTEST_COPY <= input.length;) {
    const word = input.readInt32LE(at)
    const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - TABLE_BITS)
    const before = seen[slot]!
    seen[slot] = at
    if (before < 0 || at - before > FARTHEST || input.readInt32LE(before) !== word) {
      at++
      continue
    }
    literal(kept, at)
    let length = SHORTEST_COPY
    while (length < LONGEST_COPY && at + length < input.length && input[before + length] === input[at + length]) length++
    output[end++] = ((length - 1) << 2) | 2
    end = output.writeUInt16LE(at - before, end)
    at += length
    kept = at
  }
  literal(kept, input.length)
  return output.subarray(0, end)
}
