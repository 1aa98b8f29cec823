const PREFIX = '/log-groups/'

/** The group's name from the page's path; a link that somebody typed with bare slashes still leads there. */
export const logGroupNameOf = (pathname: string): string => {
  const encoded = pathname.slice(PREFIX.length)
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}
