/** As the word stands in logs; NONE where there is none. */
export type Severity = 'FATAL' | 'CRITICAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' | 'TRACE' | 'NONE'

const WORDS: Readonly<Record<string, Severity>> = {
  fatal: 'FATAL', panic: 'FATAL', emerg: 'FATAL', emergency: 'FATAL', critical: 'CRITICAL', crit: 'CRITICAL', alert: 'CRITICAL', severe: 'CRITICAL',
  error: 'ERROR', err: 'ERROR', exception: 'ERROR', traceback: 'ERROR', warn: 'WARN', warning: 'WARN', info: 'INFO', information: 'INFO', notice: 'INFO',
  debug: 'DEBUG', verbose: 'DEBUG', trace: 'TRACE',
}
const KEY = /"?(?:level|severity|lvl|log_level|loglevel|levelname|severityText|error_severity)"?\s?[:=]\s?"?([A-Za-z]{2,12})/i
/** Levels stand near the beginning. */
const REACH = 200

/** What the text says of itself: its level member, else the first word that is a level. `LastException` counts as an exception. */
export const severityOf = (text: string): Severity => {
  const named = KEY.exec(text.slice(0, 2000))?.[1]?.toLowerCase()
  if (named !== undefined && Object.hasOwn(WORDS, named)) return WORDS[named] ?? 'NONE'
  for (const word of text.slice(0, REACH).match(/[A-Za-z]+/g) ?? []) {
    const lower = word.toLowerCase()
    if (Object.hasOwn(WORDS, lower)) return WORDS[lower] ?? 'NONE'
    if (/[a-z](?:Exception|Error)$/.test(word)) return 'ERROR'
  }
  return 'NONE'
}
