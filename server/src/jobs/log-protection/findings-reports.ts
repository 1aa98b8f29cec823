import type { EpochMillis } from '../../base/time.ts'
import type { LogArrival, LogFinding, LogGroup } from '../../model/log.ts'
import type { ClaimBook } from '../../model/once-mark.ts'
import { markOf } from '../log-arrivals/mark-of.ts'
import type { LogMetricSink } from '../log-arrivals/ports.ts'
import type { DataProtection } from './data-protection.ts'
import type { ReportGroups, ReportSink } from './ports.ts'

interface Parts {
  readonly protection: DataProtection
  readonly groups: ReportGroups
  readonly sink: ReportSink
  readonly metrics: LogMetricSink
  readonly claims: ClaimBook
}

/** Places of one identifier that a report names: a message may hold many thousands. */
const DETECTIONS = 1_000

/** Tells of sensitive data that was found: a metric for each log group, and a report for each event where a policy asks for it. */
export class FindingsReports {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Durable when it resolves. */
  async take(arrival: LogArrival): Promise<void> {
    const { group, ingestedAt, findings } = arrival
    const found = findings?.filter(each => each !== undefined) ?? []
    if (found.length === 0) return
    await this.#count(arrival, found.length)
    const messages = found.map(each => reportOf(group, each, ingestedAt))
    for (const { kind, name } of this.#parts.protection.destinations(group)) {
      const destination = kind === 'CloudWatchLogs' ? this.#parts.groups.get(group.tenant, name) : undefined
      if (destination !== undefined) await this.#report(destination, messages, arrival)
    }
  }

  async #count(arrival: LogArrival, events: number): Promise<void> {
    const { group: { tenant, name }, ingestedAt: at } = arrival
    const metric = { namespace: 'AWS/Logs', name: 'LogEventsWithFindings', dimensions: [{ name: 'LogGroupName', value: name }] }
    await this.#parts.metrics.put(tenant, [{ metric, unit: 'Count', timestamp: at, resolution: 60, counts: new Map([[events, 1]]) }], at, markOf(arrival, 'findings'))
  }

  async #report(group: LogGroup, messages: readonly string[], arrival: LogArrival): Promise<void> {
    const { groups, sink, claims } = this.#parts
    const { ingestedAt: at, group: { name: stream } } = arrival
    await groups.createStream(group.id, stream, at)
    const cause = markOf(arrival, `report-${group.id}`)
    const put = { group, stream, timestamps: messages.map(() => at), messages, isReport: true, cause }
    const before = cause && (await claims.claimOf(cause))
    if (before !== undefined && (await sink.resume(put, before))) return
    await sink.accept(cause === undefined ? put : { ...put, claim: firstSeq => claims.noteClaim(cause, firstSeq) })
  }
}

/** As AWS writes it; places count characters from 1, both ends included. */
const reportOf = (group: LogGroup, findings: readonly LogFinding[], at: EpochMillis): string => {
  const byIdentifier = new Map<string, LogFinding[]>()
  for (const finding of findings) byIdentifier.set(finding.identifier, [...(byIdentifier.get(finding.identifier) ?? []), finding])
  return JSON.stringify({
    auditTimestamp: `${new Date(at).toISOString().slice(0, 19)}Z`,
    resourceArn: `${group.arn}:*`,
    dataIdentifiers: [...byIdentifier].map(([name, found]) => ({
      name,
      count: found.length,
      detections: found.slice(0, DETECTIONS).map(({ start, end }) => ({ start: start + 1, end })),
    })),
  })
}
