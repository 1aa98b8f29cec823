import type { GetLogRecordCommandInput, GetLogRecordResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Tenant } from '../../base/tenancy.ts'
import { javaDouble } from '../../engines/alarms/java-double.ts'
import { discoveredFields } from '../../model/discovered-fields/discover.ts'
import { ingestedAt, type LogEventPlace, pointerOf, readPointer } from '../../model/log-identity.ts'
import type { LogGroup } from '../../model/log.ts'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameter, notFound } from './faults.ts'
import { check } from './limits.ts'
import type { LogEventReads, LogGroupStore } from './ports.ts'
import { unmaskPermission } from './unmask.ts'

const INPUT = structure({ logRecordPointer: text() }, ['logRecordPointer'])

export const getLogRecord = (groups: LogGroupStore, reads: LogEventReads) =>
  operation<GetLogRecordCommandInput, GetLogRecordResponse>({
    name: 'GetLogRecord',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [resourceOf(groups, tenant, input)],
    also: (input, tenant) => unmaskPermission(input.unmask, resourceOf(groups, tenant, input)),
    audited: ({ unmask }) => unmask === true,
    async run(input, { tenant }) {
      check(INPUT, input)
      const place = readPointer(input.logRecordPointer!)
      if (place === undefined) throw invalidParameter('The specified logRecordPointer is invalid.')
      const group = groupAt(groups, tenant, place)
      const event = group && (await reads.event(group, place.timestamp, place.seq, input.unmask === true))
      if (group === undefined || event === undefined) throw notFound('The specified log record does not exist.')
      const fields: [string, string][] = discoveredFields(event.message).map(({ name, value }) => [name, shown(name, value)])
      const system: [string, string][] = [
        ['@ptr', pointerOf(place)],
        ['@timestamp', String(event.timestamp)],
        ['@ingestionTime', String(ingestedAt(event.seq))],
        ['@log', `${tenant.account}:${group.name}`],
        ['@logStream', event.stream],
        ['@message', event.message],
      ]
      return { logRecord: Object.fromEntries([...fields, ...system]) }
    },
  })

/** What Lambda's own lines tell is shown as Java writes doubles: `@billedDuration` 10.0, `@memorySize` 1.28E8. */
const shown = (name: string, value: string | number): string => (typeof value === 'number' && /^@[^@]/.test(name) ? javaDouble(value) : String(value))

/** The tenant's group that a pointer names; another tenant's is not there. */
const groupAt = (groups: LogGroupStore, tenant: Tenant, { group: id }: LogEventPlace): LogGroup | undefined => {
  const group = groups.byId(id)
  return group?.tenant.account === tenant.account && group.tenant.region === tenant.region ? group : undefined
}

const resourceOf = (groups: LogGroupStore, tenant: Tenant, { logRecordPointer }: GetLogRecordCommandInput): string => {
  const place = readPointer(logRecordPointer ?? '')
  const group = place && groupAt(groups, tenant, place)
  return group === undefined ? '*' : `${group.arn}:log-stream:`
}
