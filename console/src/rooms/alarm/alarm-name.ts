const PREFIX = '/alarms/'

/**
 * The alarm's name from the page's path, which carries it as `encodeURIComponent` writes it. The whole rest of the path
 * is the name: a link that somebody typed with a bare slash or percent sign still leads to its alarm.
 */
export const alarmNameOf = (pathname: string): string => {
  const encoded = pathname.slice(PREFIX.length)
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}
