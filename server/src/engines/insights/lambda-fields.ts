import { and, call, choose, constant, boundText, NULL, type Expression } from '../../sql/expression.ts'
import { finite, numberValue, stringValue, type Value } from './values.ts'

const MEGABYTE = 1_000_000

/** What AWS Lambda's own lines say: START, END, REPORT … with a request's id; durations in ms, memory in bytes. */
export const lambdaField = (name: string, message: Expression): Value | undefined => {
  const isReport = call('startsWith', message, constant('REPORT RequestId: '))
  const number = (label: string, unit: string): Expression =>
    finite(call('toFloat64OrNull', choose([[isReport, call('extract', message, boundText(`[\\t ]${label}: ([0-9.]+) ${unit}`))]], NULL)))
  const text = (pattern: string, only: Expression): Value =>
    stringValue(choose([[only, call('nullIf', call('extract', message, boundText(pattern)), constant(''))]], NULL))
  const isPlatform = call('match', message, boundText('^(?:START|END|REPORT) RequestId: '))
  switch (name) {
    case '@type':
      return text('^[A-Z_]+', call('or', isPlatform, call('startsWith', message, constant('INIT_START '))))
    case '@requestId':
      return text('RequestId: ([0-9a-fA-F-]{36})', isPlatform)
    case '@duration':
      return numberValue(number('Duration', 'ms'))
    case '@billedDuration':
      return numberValue(number('Billed Duration', 'ms'))
    case '@initDuration':
      return numberValue(number('Init Duration', 'ms'))
    case '@memorySize':
      return numberValue(call('multiply', number('Memory Size', 'MB'), constant(MEGABYTE)))
    case '@maxMemoryUsed':
      return numberValue(call('multiply', number('Max Memory Used', 'MB'), constant(MEGABYTE)))
    case '@xrayTraceId':
      return text('XRAY TraceId: ([0-9a-f-]+)', and(isReport))
    case '@xraySegmentId':
      return text('SegmentId: ([0-9a-f]+)', and(isReport))
    default:
      return undefined
  }
}
