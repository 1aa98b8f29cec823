type Name = 'theme' | 'region' | 'range' | 'queries' | 'zone'

/** What the browser remembers of a viewer's choices; forgets silently where storage is refused (private windows). */
export const kept = (name: Name): string | undefined => {
  try {
    return localStorage.getItem(`tocsin.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

export const keep = (name: Name, value: string): void => {
  try {
    localStorage.setItem(`tocsin.${name}`, value)
  } catch {
    // The choice then holds for this page only.
  }
}
