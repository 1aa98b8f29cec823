import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useConnection } from '../../app/session.tsx'
import { readMetrics } from '../../aws/metrics.ts'
import type { Metric } from '../../aws/shapes.ts'
import { Trouble } from '../../parts/trouble.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { AlarmForm } from './alarm-form.tsx'
import { type GraphChoice, MOST_LINES, readChoice, writeChoice } from './graph-choice.ts'
import { metricId } from './metric-groups.ts'
import { MetricsBrowser } from './metrics-browser.tsx'
import { MetricsGraph } from './metrics-graph.tsx'

const REFRESH_MILLIS = 60_000

/** What the address says at this moment: two quick clicks come before what is rendered has caught up with the first. */
const addressNow = (): URLSearchParams => new URLSearchParams(window.location.hash.split('?')[1] ?? '')

/** Finds metrics, draws them, and makes alarms of them. */
export const MetricsRoom = () => {
  const connection = useConnection()
  const [address, setAddress] = useSearchParams()
  const [alarmFor, setAlarmFor] = useState<Metric>()
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: [connection.region, 'metrics'],
    queryFn: ({ signal }) => readMetrics(connection, signal),
    refetchInterval: REFRESH_MILLIS,
  })
  useTitle('Metrics')
  const choice = readChoice(address)
  const chosen = new Set(choice.metrics.map(metricId))

  const change = (next: Partial<GraphChoice>): void => {
    const params = addressNow()
    for (const [name, value] of Object.entries(writeChoice({ ...readChoice(params), ...next }))) {
      if (value === '') params.delete(name)
      else params.set(name, value)
    }
    setAddress(params, { replace: true })
  }
  const toggle = (metrics: readonly Metric[], on: boolean): void => {
    const ids = new Set(metrics.map(metricId))
    const others = readChoice(addressNow()).metrics.filter(metric => !ids.has(metricId(metric)))
    change({ metrics: on ? [...others, ...metrics].slice(0, MOST_LINES) : others })
  }

  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={<Button iconName="refresh" ariaLabel="Refresh" loading={isFetching && !isPending} onClick={() => void refetch()} />}
      >
        Metrics
      </Header>
      {error !== null && <Trouble error={error} what="Listing the metrics" onRetry={() => void refetch()} />}
      <MetricsGraph choice={choice} onChange={change} onRemove={metric => toggle([metric], false)} onAlarm={setAlarmFor} />
      <MetricsBrowser metrics={data?.metrics ?? []} cut={data?.cut ?? false} loading={isPending} chosen={chosen} onToggle={toggle} />
      {alarmFor !== undefined && (
        <AlarmForm metric={alarmFor} statistic={choice.statistic} period={choice.period} onClose={() => setAlarmFor(undefined)} />
      )}
    </SpaceBetween>
  )
}
