import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useConnection } from '../../app/session.tsx'
import type { MetricAlarm } from '../../aws/shapes.ts'
import { Graph } from '../../parts/graph/graph.tsx'
import { RangeChoice, useRange } from '../../parts/range-choice.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { sign, statisticName, statisticOf, subject } from '../../words/condition.ts'
import { duration } from '../../words/durations.ts'
import { quantity } from '../../words/quantities.ts'
import { zoneName } from '../../words/times.ts'
import { readAlarmWindow } from './alarm-window.ts'
import { bandsOf } from './state-bands.ts'

const REFRESH_MILLIS = 15_000

/** The metric as the alarm sees it, with its threshold and the states it was in. */
export const AlarmGraph = ({ alarm, unit }: { readonly alarm: MetricAlarm; readonly unit: string | undefined }) => {
  const connection = useConnection()
  const [range, setRange] = useRange()
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: [connection.region, 'alarm', alarm.AlarmName, 'window', range, alarm.AlarmConfigurationUpdatedTimestamp],
    queryFn: ({ signal }) => readAlarmWindow(connection, alarm, range, Date.now() / 1000, signal),
    refetchInterval: range.kind === 'last' && REFRESH_MILLIS,
    placeholderData: keepPreviousData,
  })
  const state = alarm.StateValue ?? 'INSUFFICIENT_DATA'
  const bands = useMemo(() => (data ? bandsOf(data.changes, state, data.createdAt, data.start, data.end) : []), [data, state])
  const threshold = useMemo(
    () => thresholdOf(alarm.Threshold, alarm.ComparisonOperator, unit),
    [alarm.Threshold, alarm.ComparisonOperator, unit],
  )
  const widened = data !== undefined && alarm.Period !== undefined && data.period !== alarm.Period
  const title = `${statisticName(statisticOf(alarm))} ${subject(alarm)}`.trim()

  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            `${statisticName(statisticOf(alarm))} · period ${duration(data?.period ?? alarm.Period ?? 60)}` +
            `${widened ? `, the alarm’s is ${duration(alarm.Period ?? 60)}` : ''} · times in ${zoneName()}`
          }
          actions={<RangeChoice range={range} onChange={setRange} />}
        >
          {subject(alarm)}
        </Header>
      }
    >
      {error !== null && <Trouble error={error} what="Reading the metric" onRetry={() => void refetch()} />}
      <div className={isPlaceholderData ? 'graph-waiting' : ''}>
        <Graph
          title={title}
          series={data?.series ?? []}
          start={data?.start ?? 0}
          end={data?.end ?? 1}
          unit={unit}
          threshold={threshold}
          bands={bands}
          onZoom={(start, end) => setRange({ kind: 'between', start, end })}
        />
      </div>
    </Container>
  )
}

const thresholdOf = (value: number | undefined, comparison: string | undefined, unit: string | undefined) =>
  value === undefined ? undefined : { value, label: `${sign(comparison)} ${quantity(value, unit)}` }
