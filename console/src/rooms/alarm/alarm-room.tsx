import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import { useConnection } from '../../app/session.tsx'
import { readAlarm } from '../../aws/alarms.ts'
import { useTags } from '../../aws/tags.ts'
import { Empty } from '../../parts/empty.tsx'
import { SeverityBadge } from '../../parts/severity-badge.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { hasContributors, kindOf } from '../../words/alarm-kind.ts'
import { severityFrom } from '../../words/severity.ts'
import { AlarmActions } from './alarm-actions.tsx'
import { AlarmDetails } from './alarm-details.tsx'
import { AlarmGraph } from './alarm-graph.tsx'
import { alarmNameOf } from './alarm-name.ts'
import { ContributorsTable } from './contributors-table.tsx'
import { DeliveriesTable } from './deliveries-table.tsx'
import { HistoryTable } from './history-table.tsx'
import { LogQueryPanel } from './log-query-panel.tsx'
import { MutesPanel } from './mutes-panel.tsx'
import { QueriesTable } from './queries-table.tsx'
import { RelationsPanel } from './relations-panel.tsx'
import { RunbookLink } from './runbook-link.tsx'
import { StateSummary } from './state-summary.tsx'
import { StateTimeline } from './state-timeline.tsx'
import { useMetricUnit } from './use-metric-unit.ts'
import { useMoment } from './use-moment.ts'
import { WhyPanel } from './why-panel.tsx'

const REFRESH_MILLIS = 10_000

/** One alarm: what it says now and why, its metric, what happened and who was told. */
export const AlarmRoom = () => {
  const name = alarmNameOf(useLocation().pathname)
  const connection = useConnection()
  const { data: alarm, error, refetch } = useQuery({
    queryKey: [connection.region, 'alarm', name],
    queryFn: ({ signal }) => readAlarm(connection, name, signal),
    refetchInterval: REFRESH_MILLIS,
  })
  const { data: tags = {} } = useTags(connection, alarm?.AlarmArn)
  const unit = useMetricUnit(alarm ?? undefined)
  const [moment, setMoment] = useMoment()
  useTitle(alarm?.StateValue === 'ALARM' ? `● ${name}` : name)

  if (error !== null && alarm === undefined) return <Trouble error={error} what="Reading the alarm" onRetry={() => void refetch()} />
  if (alarm === undefined) return <Box padding="xxl" textAlign="center"><Spinner size="large" /></Box>
  if (alarm === null) {
    return (
      <Empty title={`There is no alarm named ${name} in ${connection.region}`}>
        It may have been deleted, or be in another region. <Button href="#/alarms">All alarms</Button>
      </Empty>
    )
  }
  const kind = kindOf(alarm)
  const explainThen = (at: number): void => {
    setMoment(at)
    document.getElementById('why')?.scrollIntoView({ behavior: 'smooth', block: 'center' })
  }
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={alarm.AlarmDescription}
        info={<SeverityBadge severity={severityFrom(tags['Severity'])} />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <RunbookLink address={tags['Runbook']} />
            <AlarmActions alarm={alarm} />
          </SpaceBetween>
        }
      >
        <span className="wrap-anywhere">{name}</span>
      </Header>
      {error !== null && <Trouble error={error} what="Renewing the alarm" onRetry={() => void refetch()} />}
      <StateSummary alarm={alarm} unit={unit} action={tags['Action']} />
      {kind === 'composite' || kind === 'logs'
        ? <StateTimeline alarm={alarm} picked={moment} onPick={setMoment} />
        : <AlarmGraph alarm={alarm} unit={unit} picked={moment} onPick={setMoment} />}
      <WhyPanel alarmName={name} unit={unit} at={moment} onNow={() => setMoment(undefined)} />
      {hasContributors(alarm) && <ContributorsTable alarmName={name} />}
      <RelationsPanel alarm={alarm} />
      {alarm.Metrics !== undefined && alarm.Metrics.length > 0 && <QueriesTable alarm={alarm} />}
      {alarm.ScheduledQueryConfiguration !== undefined && <LogQueryPanel alarm={alarm} query={alarm.ScheduledQueryConfiguration} at={moment} />}
      <MutesPanel alarmName={name} />
      <DeliveriesTable alarmArn={alarm.AlarmArn ?? ''} hasActions={hasActions(alarm)} />
      <AlarmDetails alarm={alarm} tags={tags} unit={unit} />
      <HistoryTable alarmName={name} onWhy={explainThen} />
    </SpaceBetween>
  )
}

const hasActions = ({ AlarmActions: alarm = [], OKActions: ok = [], InsufficientDataActions: none = [] }: {
  readonly AlarmActions?: string[] | undefined
  readonly OKActions?: string[] | undefined
  readonly InsufficientDataActions?: string[] | undefined
}): boolean => alarm.length + ok.length + none.length > 0
