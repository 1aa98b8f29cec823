import type { AddField } from './add-field.ts'

const NAMES = ['version', 'queryTimestamp', 'hostZoneId', 'queryName', 'queryType', 'responseCode', 'protocol', 'edgeLocation', 'resolverIp', 'ednsClientSubnet']
const LINE = /^1\.\d+ \d{4}-\d\d-\d\dT[\d:.]+Z \S+ \S+ [A-Z\d]+ [A-Z]+ (UDP|TCP|DOH) \S+ \S+ \S+\s*$/

/** A line of Route 53's query logs. */
export const route53Fields = (message: string, add: AddField): void => {
  if (!message.startsWith('1.') || !LINE.test(message)) return
  for (const [index, value] of message.trim().split(' ').entries()) if (value !== '-') add(NAMES[index]!, value)
}
