import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs'

/** Documented: either of these asks for both. */
const CHEAPER: ReadonlySet<LogGroupClass> = new Set<LogGroupClass>(['INFREQUENT_ACCESS', 'ESSENTIALS'])

/** Which classes a listing of log groups shows. */
export const classFilter = (wanted: LogGroupClass | undefined): ((found: LogGroupClass) => boolean) => {
  if (wanted === undefined) return () => true
  return CHEAPER.has(wanted) ? found => CHEAPER.has(found) : found => found === wanted
}
