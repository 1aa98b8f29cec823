import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo, useState } from 'react'
import { type QueryView, QueryChart } from '../../parts/chart-picture/query-chart.tsx'
import { Empty } from '../../parts/empty.tsx'
import { drawableOf } from '../../words/query-chart.ts'
import { EventsOverTime } from './events-over-time.tsx'
import { ResultsTable } from './results-table.tsx'
import { TakeAway } from './take-away.tsx'
import type { QueryRun } from './use-query-run.ts'

interface Props {
  readonly run: QueryRun
  readonly onZoom: (start: number, end: number) => void
}

type Shown = 'table' | 'stacked' | QueryView

/** What a query found: how many events when, and its rows as a table or a picture. */
export const QueryResults = ({ run: { question, answer, state }, onZoom }: Props) => {
  const [wanted, setWanted] = useState<Shown>()
  const drawable = useMemo(() => (answer === undefined ? undefined : drawableOf(answer)), [answer])
  const views: readonly { readonly id: Shown; readonly text: string }[] = drawable === undefined ? [] : [
    { id: 'table', text: 'Table' },
    ...(drawable.time === undefined ? [{ id: 'bar', text: 'Bars' }, { id: 'pie', text: 'Pie' }] as const
      : [{ id: 'timeSeries', text: 'Lines' }, { id: 'stacked', text: 'Stacked' }] as const),
  ]
  // Steps of time are best seen as lines.
  const usual: Shown = drawable?.time === undefined ? 'table' : 'timeSeries'
  const shown = views.find(({ id }) => id === wanted)?.id ?? usual
  return (
    <SpaceBetween size="s">
      <EventsOverTime question={question} onZoom={onZoom} />
      {answer !== undefined && answer.rows.length > 0 && (
        <div className="query-controls">
          {views.length > 0 && (
            <SegmentedControl label="View" selectedId={shown} options={[...views]} onChange={({ detail }) => setWanted(views.find(({ id }) => id === detail.selectedId)?.id)} />
          )}
          <span className="query-gap" />
          {state !== 'running' && <TakeAway answer={answer} />}
        </div>
      )}
      {answer === undefined ? null : answer.rows.length === 0 ? state !== 'running' && <Empty title="No rows">Nothing in this range matches the query.</Empty>
        : drawable === undefined || shown === 'table' ? <ResultsTable answer={answer} question={question} />
        : (
          <div className="query-picture">
            <QueryChart
              title="The query" drawable={drawable} view={shown === 'stacked' ? 'timeSeries' : shown} stacked={shown === 'stacked'}
              start={question.start} end={question.end} onZoom={onZoom}
            />
          </div>
        )}
    </SpaceBetween>
  )
}
