/** At most `limit` UTF-16 units, `...` at the end where something is missing; never half a character. */
export const shorten = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  const kept = Math.max(0, limit - 3)
  // A high surrogate at the end would have lost its other half.
  const half = kept > 0 && (text.charCodeAt(kept - 1) & 0xfc00) === 0xd800
  return `${text.slice(0, half ? kept - 1 : kept)}...`.slice(0, limit)
}
