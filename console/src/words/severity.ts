/** P1 is the loudest. The alarm's `Severity` tag says it, as P1…P4 or by name. */
export type Severity = 'P1' | 'P2' | 'P3' | 'P4' | 'Info'

export const SEVERITIES: readonly Severity[] = ['P1', 'P2', 'P3', 'P4', 'Info']

export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  P1: 'Critical', P2: 'High', P3: 'Medium', P4: 'Low', Info: 'Info',
}

const BY_TEXT: ReadonlyMap<string, Severity> = new Map(
  SEVERITIES.flatMap(severity => [[severity.toLowerCase(), severity], [SEVERITY_NAMES[severity].toLowerCase(), severity]]),
)

export const severityFrom = (tag: string | undefined): Severity | undefined => BY_TEXT.get(tag?.trim().toLowerCase() ?? '')

/** For sorting: loudest first, untagged last. */
export const severityRank = (severity: Severity | undefined): number =>
  severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity)
