import type { TagFilter } from '@aws-sdk/client-cloudwatch-logs'

type Tags = Readonly<Record<string, string>>

/** All of the filters must hold. A filter holds by its key alone, or when one of its values fits: `!` means not, `*` stands at either end. */
export const tagFilter = (filters: readonly TagFilter[] | undefined): ((tags: Tags) => boolean) | undefined => {
  if (filters === undefined) return undefined
  return tags =>
    filters.every(({ key = '', values = [] }) => {
      const value = Object.hasOwn(tags, key) ? tags[key] : undefined
      if (values.length === 0) return value !== undefined
      return values.some(wanted => (wanted.startsWith('!') ? !fits(value, wanted.slice(1)) : fits(value, wanted)))
    })
}

const fits = (value: string | undefined, wanted: string): boolean => {
  if (value === undefined) return false
  const open = { start: wanted.startsWith('*'), end: wanted.endsWith('*') && wanted.length > 1 }
  const text = wanted.slice(open.start ? 1 : 0, open.end ? -1 : undefined)
  if (open.start && open.end) return value.includes(text)
  if (open.start) return value.endsWith(text)
  return open.end ? value.startsWith(text) : value === text
}
