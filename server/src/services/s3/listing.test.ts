import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import { listKeys } from './listing.ts'

const bytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))

const store = (keys: readonly string[]) => {
  const sorted = [...new Set(keys)].toSorted(bytes)
  return async (from: { readonly key: string; readonly inclusive: boolean }, limit: number) =>
    sorted
      .filter(key => (from.inclusive ? bytes(key, from.key) >= 0 : bytes(key, from.key) > 0))
      .slice(0, limit)
      .map(key => ({ key, size: 1, etag: 'e', modifiedAt: epochMillis(0) }))
}

test('pages of any size together are what a plain reading says', async () => {
  const key = fc.array(fc.constantFrom('a', 'b', '/', '//', 'é', '\uD7FF', '\uE000', '\uFFFF', '😀', '\u{10FFFF}'), { minLength: 1, maxLength: 4 }).map(parts => parts.join(''))
  await fc.assert(
    fc.asyncProperty(fc.array(key, { maxLength: 15 }), fc.constantFrom('', 'a', 'a/', '\u{10FFFF}'), fc.constantFrom(undefined, '/', 'a', '\u{10FFFF}', '\uD7FF'), fc.integer({ min: 1, max: 4 }), async (keys, prefix, delimiter, limit) => {
      const expected = new Set<string>()
      for (const one of [...new Set(keys)].toSorted(bytes)) {
        if (!one.startsWith(prefix)) continue
        const at = delimiter === undefined ? -1 : one.indexOf(delimiter, prefix.length)
        expected.add(at === -1 ? `key ${one}` : `prefix ${one.slice(0, at + delimiter!.length)}`)
      }
      const seen: string[] = []
      let after: string | undefined
      for (let pages = 0; pages === 0 || after !== undefined; pages++) {
        expect(pages).toBeLessThan(20)
        const { objects, prefixes, more } = await listKeys(store(keys), { prefix, delimiter, after, limit })
        expect(objects.length + prefixes.length).toBeLessThanOrEqual(limit)
        seen.push(...objects.map(object => `key ${object.key}`), ...prefixes.map(text => `prefix ${text}`))
        after = more
      }
      expect(seen.toSorted(bytes)).toEqual([...expected].toSorted(bytes))
    }),
    { numRuns: 500 },
  )
})

test('what a common prefix covers is not read', async () => {
  const keys = [...Array.from({ length: 5000 }, (_, at) => `a/${at}`), 'b']
  let rows = 0
  const page = store(keys)
  const listed = await listKeys(
    async (from, limit) => {
      const found = await page(from, limit)
      rows += found.length
      return found
    },
    { prefix: '', delimiter: '/', after: undefined, limit: 1000 },
  )
  expect([listed.prefixes, listed.objects.map(({ key }) => key), rows]).toEqual([['a/'], ['b'], 1001])
})
