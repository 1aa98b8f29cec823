import type { Unit } from '../../model/metric.ts'

/** AWS's table of the Unified Code for Units of Measure, its odd cases included. */
const CODES: Readonly<Record<string, string>> = {
  Seconds: 's', Second: 's', Microseconds: 'us', Milliseconds: 'ms', Bytes: 'By', Kilobytes: 'kBy', Megabytes: 'MBy', Gigabytes: 'GBy',
  Terabytes: 'TBy', Bits: 'bit', Kilobits: 'kbit', Megabits: 'MBit', Gigabits: 'GBit', Terabits: 'Tbit', Percent: '%', Count: '{Count}',
  None: '1',
}

/** Units with a slash are both of their parts'. */
export const otlpUnit = (unit: Unit): string => unit.split('/').map(part => CODES[part] ?? part).join('/')
