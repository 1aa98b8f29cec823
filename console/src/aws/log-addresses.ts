/** Where the logs' pages are. A group's name goes through `encodeURIComponent`: it may have slashes. */
type Parameters = Readonly<Record<string, string | number | undefined>>

const withParameters = (path: string, parameters: Parameters): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined && value !== '') query.set(name, String(value))
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

export const logGroupPage = (group: string, parameters: Parameters = {}): string =>
  withParameters(`#/log-groups/${encodeURIComponent(group)}`, parameters)

export const insightsPage = (groups: readonly string[], parameters: Parameters = {}): string =>
  withParameters('#/logs-insights', { groups: groups.length === 0 ? undefined : JSON.stringify(groups), ...parameters })

export const liveTailPage = (groups: readonly string[], parameters: Parameters = {}): string =>
  withParameters('#/live-tail', { groups: groups.length === 0 ? undefined : JSON.stringify(groups), ...parameters })

export const logRecordPage = (pointer: string): string => `#/log-record/${encodeURIComponent(pointer)}`

/** The names that an address carries; one that somebody cut while copying names none. */
export const groupsIn = (text: string | null): readonly string[] => {
  try {
    const groups: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(groups) ? groups.filter(group => typeof group === 'string') : []
  } catch {
    return []
  }
}
