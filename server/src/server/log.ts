import { pino } from 'pino'
import type { Log } from '../base/log.ts'

/** JSON lines on standard error, written at once so that the last words of a dying process are kept. */
export const serverLog = (level: 'error' | 'warn' | 'info' | 'silent'): Log => {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
  return {
    info: (facts, text) => logger.info(facts, text),
    warn: (facts, text) => logger.warn(facts, text),
    error: (facts, text) => logger.error(facts, text),
  }
}
