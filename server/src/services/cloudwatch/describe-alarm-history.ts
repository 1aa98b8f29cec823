import type {
  AlarmHistoryItem as DescribedItem,
  DescribeAlarmHistoryCommandInput,
  DescribeAlarmHistoryOutput,
} from '@aws-sdk/client-cloudwatch'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { AlarmHistoryItem } from '../../model/alarm.ts'
import { operation, type Call } from '../operation.ts'
import { alarmResources } from './alarms/resources.ts'
import { enforce, oneOf, structure, text } from '../constraints.ts'
import { invalidNextToken } from './faults.ts'
import { alarmName, alarmTypes, maxRecords, scanBy } from './limits.ts'
import { openToken, sealToken, type TokenScope } from './next-token.ts'
import type { AlarmStore } from './ports.ts'

const INPUT = structure({
  AlarmName: alarmName,
  AlarmContributorId: text({ min: 1, max: 16 }),
  AlarmTypes: alarmTypes,
  HistoryItemType: oneOf(['ConfigurationUpdate', 'StateUpdate', 'Action', 'AlarmContributorStateUpdate', 'AlarmContributorAction']),
  MaxRecords: maxRecords,
  ScanBy: scanBy,
})

const DEFAULT_PAGE = 100

export const describeAlarmHistory = (alarms: AlarmStore) =>
  operation<DescribeAlarmHistoryCommandInput, DescribeAlarmHistoryOutput>({
    name: 'DescribeAlarmHistory',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => alarmResources([input.AlarmName], tenant),
    async run(input, call) {
      enforce(INPUT, input)
      const scope = scopeOf(input, call)
      const cursor = input.NextToken === undefined ? { to: endOf(input, call), offset: 0 } : cursorOf(openToken(scope, input.NextToken))
      const alarmTypes = input.AlarmTypes ?? ['MetricAlarm']
      const size = input.MaxRecords ?? DEFAULT_PAGE
      const items = await alarms.history({
        tenant: call.tenant,
        alarmName: input.AlarmName,
        alarmTypes,
        type: input.HistoryItemType,
        contributorId: input.AlarmContributorId,
        from: input.StartDate === undefined ? undefined : epochMillis(input.StartDate.getTime()),
        to: cursor.to,
        newestFirst: input.ScanBy !== 'TimestampAscending',
        limit: size + 1,
        offset: cursor.offset,
      })
      return {
        AlarmHistoryItems: items.slice(0, size).map(describeItem),
        ...(items.length > size ? { NextToken: sealToken(scope, { to: cursor.to, offset: cursor.offset + size } satisfies Cursor) } : {}),
      }
    },
  })

/** The end stays what it was on the first page: rows written meanwhile do not push others onto the next page again. */
interface Cursor {
  readonly to: EpochMillis
  readonly offset: number
}

const endOf = (input: DescribeAlarmHistoryCommandInput, call: Call): EpochMillis =>
  epochMillis(Math.min(input.EndDate?.getTime() ?? Infinity, call.now))

const scopeOf = (input: DescribeAlarmHistoryCommandInput, call: Call): TokenScope => ({
  operation: 'DescribeAlarmHistory',
  tenant: call.tenant,
  request: [
    input.AlarmName, input.AlarmContributorId, input.AlarmTypes, input.HistoryItemType, input.StartDate, input.EndDate, input.ScanBy,
  ],
})

const cursorOf = (cursor: unknown): Cursor => {
  if (!isCursor(cursor)) throw invalidNextToken()
  return cursor
}

const isCursor = (value: unknown): value is Cursor =>
  typeof value === 'object' && value !== null &&
  'to' in value && Number.isSafeInteger(value.to) &&
  'offset' in value && Number.isSafeInteger(value.offset)

const describeItem = (item: AlarmHistoryItem): DescribedItem => ({
  AlarmName: item.alarmName,
  AlarmType: item.alarmType,
  Timestamp: new Date(item.at),
  HistoryItemType: item.type,
  HistorySummary: item.summary,
  HistoryData: item.data,
  ...(item.contributor === undefined
    ? {}
    : { AlarmContributorId: item.contributor.id, AlarmContributorAttributes: { ...item.contributor.attributes } }),
})
