import type { AddField } from './add-field.ts'

/**
 * The fields of the JSON object that begins at `start` and, but for white space, ends with the message; false when there is none.
 * Numbers that a double would write differently come as they are written; truths are 1 and 0, as Insights shows them.
 */
export const jsonFields = (message: string, start: number, add: AddField): boolean => {
  const text = start === 0 ? message : message.slice(start)
  let root: unknown
  try {
    root = JSON.parse(text, keepUnusual)
  } catch {
    return false
  }
  visit(root as object, '', 0, add)
  return true
}

/** Nobody names fields deeper than this; it keeps hostile lines off the stack. */
const MAX_DEPTH = 32

const visit = (value: object, prefix: string, depth: number, add: AddField): boolean => {
  if (depth > MAX_DEPTH) return true
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    // A key of the event's own that begins with @ is told from the system's by a second one.
    const name = prefix === '' ? (key.startsWith('@') ? `@${key}` : key) : `${prefix}.${key}`
    if (typeof member === 'object' && member !== null) {
      if (!visit(member, name, depth + 1, add)) return false
    } else if (member !== null && !add(name, typeof member === 'boolean' ? Number(member) : (member as string | number))) return false
  }
  return true
}

/** JSON.parse hands over how a number is written. */
const keepUnusual = (_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown =>
  typeof value === 'number' && source !== undefined && String(value) !== source ? source : value
