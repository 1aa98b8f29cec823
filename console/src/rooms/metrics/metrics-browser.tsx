import Alert from '@cloudscape-design/components/alert'
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useMemo, useState } from 'react'
import { putMetricCommand } from '../../aws/commands.ts'
import type { Metric } from '../../aws/shapes.ts'
import { Empty } from '../../parts/empty.tsx'
import { plural } from '../../words/durations.ts'
import { dimensionSets, type Group, type MetricPlace, metricsAt, namespaces } from './metric-groups.ts'
import { MetricTable } from './metric-table.tsx'

interface Props {
  readonly metrics: readonly Metric[]
  readonly cut: boolean
  readonly loading: boolean
  /** Identities of what is on the graph. */
  readonly chosen: ReadonlySet<string>
  readonly onToggle: (metrics: readonly Metric[], on: boolean) => void
}

const TOP: MetricPlace = { namespace: undefined, dimensions: undefined }

/** Namespaces, then sets of dimensions, then metrics to tick; a text finds metrics from any level. */
export const MetricsBrowser = ({ metrics, cut, loading, chosen, onToggle }: Props) => {
  const [place, setPlace] = useState(TOP)
  const [text, setText] = useState('')
  const { namespace, dimensions } = place
  const found = useMemo(() => metricsAt(metrics, place, text), [metrics, place, text])
  const groups = namespace === undefined ? namespaces(metrics) : dimensions === undefined ? dimensionSets(metrics, namespace) : []
  const listing = text.trim() !== '' || dimensions !== undefined

  return (
    <Container header={<Header variant="h2" counter={loading ? '' : `(${metrics.length.toLocaleString('en')})`}>Browse</Header>}>
      <SpaceBetween size="s">
        {cut && <Alert type="info">Only the first {plural(metrics.length, 'metric')} are listed.</Alert>}
        <Input
          type="search"
          value={text}
          onChange={({ detail }) => setText(detail.value)}
          placeholder="Find metrics by name, namespace or dimension"
          ariaLabel="Find metrics"
        />
        {namespace !== undefined && <Trail place={place} onPlace={setPlace} />}
        {loading ? <Spinner /> : listing ? (
          <MetricTable metrics={found} chosen={chosen} onToggle={onToggle} />
        ) : groups.length === 0 ? (
          <Empty title="No metrics yet" command={putMetricCommand()}>The first value makes a metric:</Empty>
        ) : (
          <Groups
            groups={groups}
            onOpen={id => setPlace(namespace === undefined ? { ...TOP, namespace: id } : { ...place, dimensions: id })}
          />
        )}
      </SpaceBetween>
    </Container>
  )
}

interface TrailProps {
  readonly place: MetricPlace
  readonly onPlace: (place: MetricPlace) => void
}

const Trail = ({ place: { namespace, dimensions }, onPlace }: TrailProps) => {
  const steps: readonly (readonly [text: string, place: MetricPlace])[] = [
    ['All', TOP],
    ...(namespace === undefined ? [] : [[namespace, { ...TOP, namespace }] as const]),
    ...(dimensions === undefined ? [] : [[dimensions, { namespace, dimensions }] as const]),
  ]
  return (
    <BreadcrumbGroup
      ariaLabel="Place among the metrics"
      items={steps.map(([text], index) => ({ text, href: `#${index}` }))}
      onClick={event => {
        event.preventDefault()
        onPlace(steps[Number(event.detail.href.slice(1))]?.[1] ?? TOP)
      }}
    />
  )
}

const Groups = ({ groups, onOpen }: { readonly groups: readonly Group[]; readonly onOpen: (id: string) => void }) => (
  <ul className="metric-groups">
    {groups.map(({ id, title, count }) => (
      <li key={id}>
        <button type="button" className="metric-group" onClick={() => onOpen(id)}>
          <b>{title}</b> <span className="quiet nowrap">{plural(count, 'metric')}</span>
        </button>
      </li>
    ))}
  </ul>
)
