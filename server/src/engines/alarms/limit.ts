import type { AlarmLimit, ThresholdAlarm } from '../../model/alarm.ts'

/** What an alarm's values are held against. */
export const limitOf = (alarm: ThresholdAlarm): AlarmLimit => {
  switch (alarm.kind) {
    case 'metric':
    case 'log':
      return { kind: 'static', comparison: alarm.comparison, threshold: alarm.threshold }
    case 'expression':
      return alarm.limit
  }
}
