import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useConnection } from '../../app/session.tsx'
import type { Alarm } from '../../aws/shapes.ts'
import { Graph } from '../../parts/graph/graph.tsx'
import { RangeChoice, useRange } from '../../parts/range-choice.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { KIND_NAMES, kindOf, periodOf } from '../../words/alarm-kind.ts'
import { sign, statisticName, statisticOf, subject } from '../../words/condition.ts'
import { duration } from '../../words/durations.ts'
import { quantity } from '../../words/quantities.ts'
import { zoneName } from '../../words/times.ts'
import { readAlarmWindow } from './alarm-window.ts'
import { bandsOf } from './state-bands.ts'

const REFRESH_MILLIS = 15_000

interface Props {
  readonly alarm: Alarm
  readonly unit: string | undefined
  /** The moment that is explained, in epoch seconds; undefined: now. */
  readonly picked: number | undefined
  readonly onPick: (at: number) => void
}

/** The metric, the evaluated expression or the query as the alarm sees it, with threshold or band and the states it was in. */
export const AlarmGraph = ({ alarm, unit, picked, onPick }: Props) => {
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
  const own = periodOf(alarm) ?? alarm.EvaluationInterval ?? 60
  const widened = data !== undefined && data.period !== own
  const manner = statisticName(statisticOf(alarm)) || KIND_NAMES[kindOf(alarm)]
  const watched = kindOf(alarm) === 'promql' ? 'What the query yields' : subject(alarm)
  const title = `${statisticName(statisticOf(alarm))} ${watched}`.trim()

  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            `${manner} · period ${duration(data?.period ?? own)}${widened ? `, the alarm’s is ${duration(own)}` : ''}` +
            ` · times in ${zoneName()} · click for the why of a moment`
          }
          actions={<RangeChoice range={range} onChange={setRange} />}
        >
          {watched}
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
          picked={picked}
          onPick={onPick}
          onZoom={(start, end) => setRange({ kind: 'between', start, end })}
        />
      </div>
    </Container>
  )
}

const thresholdOf = (value: number | undefined, comparison: string | undefined, unit: string | undefined) =>
  value === undefined ? undefined : { value, label: `${sign(comparison)} ${quantity(value, unit)}` }
