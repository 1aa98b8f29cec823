import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Link from '@cloudscape-design/components/link'
import type { Alarm } from '../../aws/shapes.ts'
import { insightsPage, logGroupPage } from '../../aws/log-addresses.ts'
import { duration } from '../../words/durations.ts'

interface Props {
  readonly alarm: Alarm
  readonly query: NonNullable<Alarm['ScheduledQueryConfiguration']>
  /** Epoch seconds that are looked at; undefined: the newest. */
  readonly at: number | undefined
}

/** What an alarm on logs asks, and the way to what that finds: in the range of its last change, or of the moment that is looked at. */
export const LogQueryPanel = ({ alarm, query, at }: Props) => {
  const { QueryString = '', AggregationExpression = '', LogGroupIdentifiers: groups = [], ScheduleConfiguration: schedule } = query
  const names = groups.map(nameOf)
  const ran = at ?? Number(alarm.StateUpdatedTimestamp ?? 0)
  const range = { start: Math.floor(ran - (schedule?.StartTimeOffset ?? 0)), end: Math.ceil(ran - (schedule?.EndTimeOffset ?? 0)) }
  return (
    <Container header={<Header variant="h2" actions={<Button href={insightsPage(names, { query: QueryString, ...range })}>Open in Logs Insights</Button>}>Query</Header>}>
      <KeyValuePairs
        columns={2}
        items={[
          { label: 'Finds', value: <code className="rule-text">{QueryString}</code> },
          { label: 'Makes of it', value: <code className="rule-text">{AggregationExpression}</code> },
          { label: 'In', value: names.length === 0 ? 'The groups that the query names' : names.map(name => <div key={name}><Link href={logGroupPage(name)}>{name}</Link></div>) },
          {
            label: 'Runs',
            value: `${schedule?.ScheduleExpression ?? ''}, from ${duration(schedule?.StartTimeOffset ?? 0)} before${
              (schedule?.EndTimeOffset ?? 0) > 0 ? ` to ${duration(schedule?.EndTimeOffset ?? 0)} before` : ''}`,
          },
          { label: 'Lines in messages', value: String(alarm.ActionLogLineCount ?? 0) },
        ]}
      />
    </Container>
  )
}

const nameOf = (group: string): string => /:log-group:([^:]+)/.exec(group)?.[1] ?? group
