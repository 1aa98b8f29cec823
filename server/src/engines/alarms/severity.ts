import type { Severity } from '../../model/notification.ts'

/** Words that teams use for their severities; the tag is read leniently because a page must not hang on a spelling. */
const WORDS: Readonly<Record<Severity, readonly string[]>> = {
  P1: ['p1', '1', 's1', 'sev1', 'sev-1', 'critical', 'crit', 'emergency', 'fatal', 'page'],
  P2: ['p2', '2', 's2', 'sev2', 'sev-2', 'high', 'error', 'major'],
  P3: ['p3', '3', 's3', 'sev3', 'sev-3', 'medium', 'moderate', 'warning', 'warn'],
  P4: ['p4', '4', 's4', 'sev4', 'sev-4', 'low', 'minor'],
  Info: ['info', 'information', 'informational', 'notice', 'p5', '5', 'sev5', 'sev-5', 'none'],
}
const SEVERITIES: readonly Severity[] = ['P1', 'P2', 'P3', 'P4', 'Info']

/** The severity that a tag's value names, or undefined. */
export const severityOf = (text: string | undefined): Severity | undefined => {
  const word = text?.trim().toLowerCase()
  return word === undefined ? undefined : SEVERITIES.find(severity => WORDS[severity].includes(word))
}
