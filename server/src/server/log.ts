import { pino } from 'pino'
import type { Log } from '../base/log.ts'

/** JSON lines on standard error, written at once so that the last words of a dying process are kept. */
export const serverLog = (
  level: 'error' | 'warn' | 'info' | 'silent',
  destination: { write(line: string): void } = pino.destination({ dest: 2, sync: true }),
): Log => {
  const logger = pino(
    // An Error as it is would be written as `{}`.
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: pino.stdSerializers.err } },
    destination,
  )
  return {
    info: (facts, text) => logger.info(facts, text),
    warn: (facts, text) => logger.warn(facts, text),
    error: (facts, text) => logger.error(facts, text),
  }
}
