import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import { type Explanation, readExplanation } from '../../aws/explanation.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { decidingName } from '../../words/deciding.ts'
import { fullTime } from '../../words/times.ts'
import { ExplainedContributors } from './explained-contributors.tsx'
import { ExplainedPoints } from './explained-points.tsx'
import { RuleTree } from './rule-tree.tsx'
import './why-panel.css'

interface Props {
  readonly alarmName: string
  readonly unit: string | undefined
  /** Epoch seconds; undefined: now. */
  readonly at: number | undefined
  readonly onNow: () => void
}

const REFRESH_MILLIS = 10_000

/** What the evaluation of one moment looked at, and which rule decided. */
export const WhyPanel = ({ alarmName, unit, at, onNow }: Props) => {
  const connection = useConnection()
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: [connection.region, 'alarm', alarmName, 'why', at ?? 'now'],
    queryFn: ({ signal }) => readExplanation(connection, alarmName, at, signal),
    refetchInterval: at === undefined && REFRESH_MILLIS,
    placeholderData: keepPreviousData,
  })
  const past = at !== undefined
  return (
    <div id="why">
      <Container
        header={
          <Header
            variant="h2"
            description={past ? 'Judged as the alarm is defined today, over the data as it is stored today.' : 'Now. Click on the graph for another moment.'}
            actions={past && <Button onClick={onNow}>Back to now</Button>}
          >
            Why?{past && ` At ${fullTime(at)}`}
          </Header>
        }
      >
        {error !== null && <Trouble error={error} what="Explaining the alarm" onRetry={() => void refetch()} />}
        {isPending && error === null && <Box color="text-body-secondary">Working it out…</Box>}
        {data !== undefined && (
          <div className={isPlaceholderData ? 'graph-waiting' : ''}>
            <Answer explanation={data} unit={unit} past={past} />
          </div>
        )}
      </Container>
    </div>
  )
}

const Answer = ({ explanation, unit, past }: { readonly explanation: Explanation; readonly unit: string | undefined; readonly past: boolean }) => {
  const { verdict, decidedBy, because, state, evaluation, points, contributors, rule } = explanation
  return (
    <SpaceBetween size="s">
      <div className="why-verdict">
        <b>{verdict === 'keep' ? 'The state stays as it is' : <StateBadge state={verdict} />}</b>
        <span className="quiet">decided by</span> <b>{decidingName(decidedBy)}</b>
        <div className="wrap-anywhere">{because}</div>
        {past && state !== undefined && state.value !== verdict && verdict !== 'keep' && (
          <div className="quiet">The history has another state for then: <StateBadge state={state.value} /></div>
        )}
        {past && state === undefined && <div className="quiet">The history says nothing about then.</div>}
      </div>
      {evaluation !== undefined && <Alert type="warning">Not all data could be looked at ({evaluation}).</Alert>}
      {rule !== undefined && <RuleTree rule={rule} />}
      {points.length > 0 && <ExplainedPoints points={points} unit={unit} />}
      {contributors.length > 0 && <ExplainedContributors contributors={contributors} />}
    </SpaceBetween>
  )
}
