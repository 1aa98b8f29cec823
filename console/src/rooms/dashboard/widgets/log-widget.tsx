import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useConnection } from '../../../app/session.tsx'
import { insightsPage } from '../../../aws/log-addresses.ts'
import { runQuery } from '../../../aws/log-queries.ts'
import { QueryChart } from '../../../parts/chart-picture/query-chart.tsx'
import { reasonOf } from '../../../parts/trouble.tsx'
import { drawableOf } from '../../../words/query-chart.ts'
import { splitSources } from '../../../words/query-text.ts'
import type { LogWidgetProperties } from '../log-widget-properties.ts'
import { QueryRows } from './query-rows.tsx'
import { WidgetFrame } from './widget-frame.tsx'

interface Props {
  readonly properties: LogWidgetProperties
  /** Epoch seconds, as of now. */
  readonly rangeAt: (now: number) => { readonly start: number; readonly end: number }
  /** Changes with the range. */
  readonly rangeKey: string
  /** Milliseconds; false: only by hand. */
  readonly refresh: number | false
  /** Counts the times that somebody asked to read it anew. */
  readonly times: number
  readonly onZoom: (start: number, end: number) => void
}

/** What a query over log groups finds, as a table or a picture. */
export const LogWidget = ({ properties: { title, query: text, view, stacked, region }, rangeAt, rangeKey, refresh, times, onZoom }: Props) => {
  const connection = useConnection()
  const home = region ?? connection.region
  const { groups, query } = useMemo(() => splitSources(text), [text])
  const { data, error } = useQuery({
    queryKey: [home, 'log-widget', text, rangeKey, times],
    queryFn: async ({ signal }) => {
      const range = rangeAt(Date.now() / 1000)
      const answer = await runQuery(connection.in(home), { groups, query, ...range }, () => undefined, signal)
      if (answer.status !== 'Complete') throw new Error(`The query ended as ${answer.status}.`)
      return { ...range, answer, drawable: drawableOf(answer) }
    },
    refetchInterval: refresh,
    placeholderData: keepPreviousData,
  })
  const name = title ?? 'Logs'
  const here = data !== undefined && home === connection.region
  const href = here ? insightsPage(groups, { query, start: Math.floor(data.start), end: Math.ceil(data.end) }) : undefined
  return (
    <WidgetFrame title={name} label="Logs" href={href}>
      {error !== null && data === undefined ? <p className="widget-error">{reasonOf(error)}</p> : data === undefined ? <p className="quiet">Reading…</p>
        : view === 'table' || data.drawable === undefined || (view === 'timeSeries' && data.drawable.time === undefined)
          ? <QueryRows title={name} answer={data.answer} />
          : <QueryChart title={name} drawable={data.drawable} view={view} stacked={stacked} start={data.start} end={data.end} onZoom={onZoom} />}
    </WidgetFrame>
  )
}
