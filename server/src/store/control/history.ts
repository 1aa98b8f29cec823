import { epochMillis } from '../../base/time.ts'
import type { AlarmContributor, AlarmHistoryItem, HistoryQuery } from '../../model/alarm.ts'
import { type ControlScope, inChunks, owner, stored, tenantOf } from './control-database.ts'

export const addHistory = async (scope: ControlScope, items: readonly AlarmHistoryItem[]): Promise<void> => {
  const rows = items.map(item => ({
    ...owner(item.tenant),
    alarm_name: item.alarmName,
    alarm_type: item.alarmType,
    at: item.at,
    type: item.type,
    summary: item.summary,
    data: item.data,
    contributor_id: item.contributor?.id ?? null,
    contributor_attributes: item.contributor === undefined ? null : JSON.stringify(item.contributor.attributes),
  }))
  for (const chunk of inChunks(rows)) await scope.insertInto('alarm_history').values(chunk).execute()
}

/** Items of one instant keep the order in which they were written. */
export const readHistory = async (scope: ControlScope, query: HistoryQuery): Promise<readonly AlarmHistoryItem[]> => {
  const direction = query.newestFirst ? 'desc' : 'asc'
  let rows = scope
    .selectFrom('alarm_history')
    .selectAll()
    .where(eb => eb.and(owner(query.tenant)))
    .orderBy('at', direction)
    .orderBy('seq', direction)
    .limit(query.limit)
    .offset(query.offset)
  if (query.alarmName !== undefined) rows = rows.where('alarm_name', '=', query.alarmName)
  if (query.alarmTypes.length > 0) rows = rows.where('alarm_type', 'in', query.alarmTypes)
  if (query.type !== undefined) rows = rows.where('type', '=', query.type)
  if (query.contributorId !== undefined) rows = rows.where('contributor_id', '=', query.contributorId)
  if (query.from !== undefined) rows = rows.where('at', '>=', query.from)
  if (query.to !== undefined) rows = rows.where('at', '<=', query.to)
  return (await rows.execute()).map(row => ({
    tenant: tenantOf(row),
    alarmName: row.alarm_name,
    alarmType: row.alarm_type as AlarmHistoryItem['alarmType'],
    at: epochMillis(row.at),
    type: row.type as AlarmHistoryItem['type'],
    summary: row.summary,
    data: row.data,
    ...(row.contributor_id === null
      ? {}
      : { contributor: { id: row.contributor_id, attributes: stored<AlarmContributor['attributes']>(row.contributor_attributes ?? '{}') } }),
  }))
}
