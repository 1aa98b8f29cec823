import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import type { Metric } from '../../aws/shapes.ts'
import { Graph } from '../../parts/graph/graph.tsx'
import { RangeChoice, useRange } from '../../parts/range-choice.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { statisticName } from '../../words/condition.ts'
import { duration } from '../../words/durations.ts'
import { zoneName } from '../../words/times.ts'
import { type GraphChoice, PERIODS, STATISTICS } from './graph-choice.ts'
import { readGraph } from './graph-window.ts'
import { lineName } from './metric-groups.ts'
import './metrics-room.css'

interface Props {
  readonly choice: GraphChoice
  readonly onChange: (choice: Partial<GraphChoice>) => void
  readonly onRemove: (metric: Metric) => void
  readonly onAlarm: (metric: Metric) => void
}

const REFRESH_MILLIS = 15_000

/** The chosen metrics as lines, with how to look at them. */
export const MetricsGraph = ({ choice, onChange, onRemove, onAlarm }: Props) => {
  const connection = useConnection()
  const [range, setRange] = useRange()
  const { data, error, refetch } = useQuery({
    queryKey: [connection.region, 'graph', choice, range],
    queryFn: ({ signal }) => readGraph(connection, choice, range, Date.now() / 1000, signal),
    enabled: choice.metrics.length > 0,
    refetchInterval: range.kind === 'last' && REFRESH_MILLIS,
    placeholderData: keepPreviousData,
  })
  const [first, ...others] = choice.metrics
  const subject = others.length === 0 ? (first?.MetricName ?? '') : `${choice.metrics.length} metrics`
  const title = `${statisticName(choice.statistic)} of ${subject}`
  const widened = data !== undefined && data.period !== choice.period && choice.metrics.length > 0

  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`Times in ${zoneName()}${widened ? ` · period ${duration(data.period)}: older data has no shorter one` : ''}`}
          actions={
            <div className="graph-controls">
              <Select
                selectedOption={{ value: choice.statistic, label: statisticName(choice.statistic) }}
                options={STATISTICS.map(value => ({ value, label: statisticName(value) }))}
                onChange={({ detail }) => onChange({ statistic: detail.selectedOption.value ?? choice.statistic })}
                ariaLabel="Statistic"
              />
              <Select
                selectedOption={{ value: String(choice.period), label: duration(choice.period) }}
                options={PERIODS.map(value => ({ value: String(value), label: duration(value) }))}
                onChange={({ detail }) => onChange({ period: Number(detail.selectedOption.value) })}
                ariaLabel="Period"
              />
              <RangeChoice range={range} onChange={setRange} />
            </div>
          }
        >
          Graph
        </Header>
      }
    >
      {choice.metrics.length === 0 ? (
        <Box textAlign="center" color="text-body-secondary" padding={{ vertical: 'xl' }}>Tick metrics below to draw them here.</Box>
      ) : (
        <SpaceBetween size="s">
          {error !== null && <Trouble error={error} what="Reading the metrics" onRetry={() => void refetch()} />}
          <Graph
            title={title}
            series={data?.series ?? []}
            start={data?.start ?? 0}
            end={data?.end ?? 1}
            unit={data?.unit}
            height={280}
            lineActions={index => <LineActions metric={choice.metrics[index]} onRemove={onRemove} onAlarm={onAlarm} />}
            onZoom={(start, end) => setRange({ kind: 'between', start, end })}
          />
          {choice.metrics.length > 1 && <Button variant="inline-link" onClick={() => onChange({ metrics: [] })}>Clear the graph</Button>}
        </SpaceBetween>
      )}
    </Container>
  )
}

interface LineActionsProps {
  readonly metric: Metric | undefined
  readonly onRemove: (metric: Metric) => void
  readonly onAlarm: (metric: Metric) => void
}

const LineActions = ({ metric, onRemove, onAlarm }: LineActionsProps) => metric !== undefined && (
  <>
    <Button variant="inline-link" ariaLabel={`Create alarm on ${lineName(metric)}`} onClick={() => onAlarm(metric)}>Create alarm</Button>
    <Button
      variant="inline-icon"
      iconName="close"
      ariaLabel={`Remove ${lineName(metric)} from the graph`}
      onClick={() => onRemove(metric)}
    />
  </>
)
