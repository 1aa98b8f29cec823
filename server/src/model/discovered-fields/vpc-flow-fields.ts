import type { AddField } from './add-field.ts'

const NAMES = [
  'version', 'accountId', 'interfaceId', 'srcAddr', 'dstAddr', 'srcPort', 'dstPort', 'protocol', 'packets', 'bytes', 'startTime', 'endTime', 'action', 'logStatus',
]
const LINE = /^2 (\d{12}|unknown) eni-\w+ (\S+ ){2}([\d-]+ ){5}\d+ \d+ (ACCEPT|REJECT|-) (OK|NODATA|SKIPDATA)\s*$/
const TEXTS = new Set(['accountId', 'interfaceId', 'srcAddr', 'dstAddr', 'action', 'logStatus'])

/** A VPC flow log in its default format. What was not measured is `-`, and no field. */
export const vpcFlowFields = (message: string, add: AddField): void => {
  if (!message.startsWith('2 ') || !LINE.test(message)) return
  for (const [index, value] of message.trim().split(' ').entries()) {
    const name = NAMES[index]!
    if (value !== '-') add(name, TEXTS.has(name) ? value : Number(value))
  }
}
