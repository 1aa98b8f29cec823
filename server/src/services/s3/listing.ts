import type { ObjectSummary } from '../../model/object.ts'

type Page = (from: { readonly key: string; readonly inclusive: boolean }, limit: number) => Promise<readonly ObjectSummary[]>

interface Wanted {
  readonly prefix: string
  /** Keys that go on behind the prefix up to this text are told as one; undefined: none are. */
  readonly delimiter: string | undefined
  /** Behind this key, and behind what the same common prefix covers as it. */
  readonly after: string | undefined
  readonly limit: number
}

interface Listed {
  readonly objects: readonly ObjectSummary[]
  readonly prefixes: readonly string[]
  /** The last key or common prefix of the page, where there is more; then the next page goes on behind it. */
  readonly more: string | undefined
}

const ROWS = 1000

/** One page of keys and common prefixes, together in the order of their UTF-8 bytes. What a common prefix covers is skipped, not read. */
export const listKeys = async (page: Page, { prefix, delimiter, after, limit }: Wanted): Promise<Listed> => {
  const objects: ObjectSummary[] = []
  const prefixes: string[] = []
  let last: string | undefined
  let from: { key: string; inclusive: boolean } | undefined = { key: prefix, inclusive: true }
  if (after !== undefined && Buffer.compare(Buffer.from(after), Buffer.from(prefix)) >= 0) from = { key: after, inclusive: false }
  if (limit === 0) return { objects, prefixes, more: undefined }
  while (from !== undefined) {
    const rows: readonly ObjectSummary[] = await page(from, Math.min(ROWS, limit + 1))
    from = rows.length === 0 ? undefined : { key: rows.at(-1)!.key, inclusive: false }
    let covered: string | undefined
    for (const row of rows) {
      if (covered !== undefined && row.key.startsWith(covered)) continue
      covered = undefined
      if (!row.key.startsWith(prefix)) return { objects, prefixes, more: undefined }
      const end = delimiter === undefined || delimiter === '' ? -1 : row.key.indexOf(delimiter, prefix.length)
      const common = end === -1 ? undefined : row.key.slice(0, end + delimiter!.length)
      covered = common
      if (common !== undefined && after?.startsWith(common) === true) continue
      if (objects.length + prefixes.length === limit) return { objects, prefixes, more: last }
      last = common ?? row.key
      if (common === undefined) objects.push(row)
      else prefixes.push(common)
    }
    if (covered !== undefined) from = behind(covered)
  }
  return { objects, prefixes, more: undefined }
}

/** The first text behind all that begin so, by code points, which is the order of UTF-8; undefined behind the last of them. */
const behind = (prefix: string): { readonly key: string; readonly inclusive: true } | undefined => {
  const points = Array.from(prefix, character => character.codePointAt(0)!)
  while (points.length > 0) {
    const point = points.pop()!
    if (point === 0x10ffff) continue
    // There are no characters among the surrogates.
    return { key: String.fromCodePoint(...points, point === 0xd7ff ? 0xe000 : point + 1), inclusive: true }
  }
  return undefined
}
