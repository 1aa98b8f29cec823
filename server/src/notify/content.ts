import type { Publication } from '../model/notification.ts'

/**
 * The text for one protocol: with `MessageStructure: json` the entry of that name, else `default`.
 * Publishers' JSON was checked when it was published; anything unreadable here goes out as it is.
 */
export const messageFor = (publication: Publication, protocol: string): string => {
  if (publication.structure !== 'json') return publication.message
  const texts = jsonObject(publication.message)
  const text = [texts?.[protocol], texts?.default].find(entry => typeof entry === 'string')
  return text ?? publication.message
}

/** The members of a JSON object, or undefined for any other text. */
export const jsonObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  if (!/^\s*\{/.test(text)) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
