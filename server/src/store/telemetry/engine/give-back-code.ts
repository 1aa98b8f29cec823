import { readFileSync } from 'node:fs'

/** Of Linux's `madvise`: pages that came from a file are forgotten; whoever needs one finds it in the file again. */
const MADV_DONTNEED = 4
const SMAPS = '/proc/self/smaps'

/**
 * Returns the pages of the engine's library and of Node's binary that only starting has needed: of some 250 MB that are resident then, an idle
 * engine uses 100. What is needed again costs a fault into the page cache, once for sixteen pages.
 * Does nothing where there is no `madvise`, and where Node cannot call it.
 */
export const giveBackCode = (): void => {
  const ffi = process.platform === 'linux' ? process.getBuiltinModule('node:ffi') : undefined
  if (ffi === undefined) return
  const { functions } = ffi.dlopen(null, { madvise: { arguments: ['u64', 'u64', 'i32'], return: 'i32' } })
  for (const { from, to } of unchangedCode(readFileSync(SMAPS, 'latin1'))) functions.madvise(from, to - from, MADV_DONTNEED)
}

interface Mapping {
  readonly from: bigint
  readonly to: bigint
  readonly file: string
}

/** Mappings of libraries and binaries, out of the text of `smaps`, that nobody can write to and nobody has: of others, forgotten pages would be lost. */
export const unchangedCode = (smaps: string): readonly Mapping[] =>
  smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).flatMap(text => {
    const [, from, to, file] = /^([0-9a-f]+)-([0-9a-f]+) r-[-x]p \S+ \S+ [1-9]\d* +(\/.*(?:\/node|\.so[.\d]*))$/m.exec(text) ?? []
    const changed = /^(?:Private_Dirty|Anonymous|Swap): +[1-9]/m.test(text)
    return file === undefined || changed ? [] : [{ from: BigInt(`0x${from}`), to: BigInt(`0x${to}`), file }]
  })
