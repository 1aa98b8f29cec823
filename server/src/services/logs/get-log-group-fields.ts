import type { GetLogGroupFieldsCommandInput, GetLogGroupFieldsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { discoveredFields } from '../../model/discovered-fields/discover.ts'
import { integer, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_IDENTIFIER, LOG_GROUP_NAME } from './limits.ts'
import type { LogEventReads, LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, logGroupIdentifier: LOG_GROUP_IDENTIFIER, time: integer({ min: 0 }) })

const MINUTE = 60_000
/** AWS looks through what it finds in the range; the newest thousand say as much. */
const SAMPLE = 1000
const SYSTEM = ['@ingestionTime', '@log', '@logStream', '@message', '@timestamp']

export const getLogGroupFields = (groups: LogGroupStore, reads: LogEventReads) =>
  operation<GetLogGroupFieldsCommandInput, GetLogGroupFieldsResponse>({
    name: 'GetLogGroupFields',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    differs: [{ member: 'logGroupFields', how: `the fields of the newest ${SAMPLE} events in the range` }],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      // Seconds since 1970, and eight minutes to both sides; without a time the last fifteen minutes.
      const [from, to] = input.time === undefined ? [now - 15 * MINUTE, now + 1] : [input.time * 1000 - 8 * MINUTE, input.time * 1000 + 8 * MINUTE + 1]
      const events = await reads.page({ group, from: Math.max(0, from), to, descending: true, limit: SAMPLE, unmask: false })
      if (events.length === 0) return { logGroupFields: [] }
      const counts = new Map(SYSTEM.map(name => [name, events.length]))
      for (const { message } of events) for (const { name } of discoveredFields(message)) counts.set(name, (counts.get(name) ?? 0) + 1)
      const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      return { logGroupFields: sorted.map(([name, count]) => ({ name, percent: Math.round((count / events.length) * 100) })) }
    },
  })
