import type { Publication } from '../../model/notification.ts'
import type { Scalar } from './policy.ts'

/** What a policy looks at: the values under each key, nested keys joined with a dot. */
export type Subject = ReadonlyMap<string, readonly Scalar[]>

/** Binary attributes are not there for filters, and neither is an array that is no JSON. */
export const attributesSubject = ({ attributes }: Publication): Subject => {
  const subject = new Map<string, readonly Scalar[]>()
  for (const [name, { type, text }] of Object.entries(attributes)) {
    if (text === undefined) continue
    if (type === 'String.Array') subject.set(name, arrayValues(text))
    else if (type === 'Number' || type.startsWith('Number.')) subject.set(name, [Number(text)])
    else subject.set(name, [text])
  }
  return subject
}

const arrayValues = (text: string): readonly Scalar[] => {
  const value = parseJson(text)
  return Array.isArray(value) ? value.filter(isScalar) : []
}

/**
 * The body as JSON, or undefined when it is no JSON object. Keys of objects inside arrays count as keys of each element.
 * Paths longer than `longest` are not followed: no policy asks for them, and a hostile body may nest a hundred thousand deep.
 */
export const bodySubject = (publication: Publication, longest: number): Subject | undefined => {
  const body = parseJson(bodyText(publication))
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  const subject = new Map<string, Scalar[]>()
  const waiting: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: body }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, value } = next
    if (isScalar(value)) {
      const known = subject.get(path)
      if (known === undefined) subject.set(path, [value])
      else known.push(value)
    } else if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) waiting.push({ path, value: item })
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        const inner = path === '' ? name : `${path}.${name}`
        if (inner.length <= longest) waiting.push({ path: inner, value: member })
      }
    }
  }
  return subject
}

/** Of a message with a text for each protocol, the default one is looked at. */
const bodyText = ({ message, structure }: Publication): string => {
  if (structure === undefined) return message
  const texts = parseJson(message)
  const text = typeof texts === 'object' && texts !== null && 'default' in texts ? texts.default : undefined
  return typeof text === 'string' ? text : ''
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
