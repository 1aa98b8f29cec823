import { useQuery } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import { type LogQuestion, runQuery } from '../../aws/log-queries.ts'
import { plural } from '../../words/durations.ts'
import { secondsOf } from '../../words/query-chart.ts'
import { histogramQuery, histogramStep, queryLanguage } from '../../words/query-text.ts'
import { dayAndTime, fullTime } from '../../words/times.ts'

interface Props {
  readonly question: LogQuestion
  readonly onZoom: (start: number, end: number) => void
}

const HEIGHT = 64

/** How many of the events that a query looks at there are when; a bar leads to its stretch of time. */
export const EventsOverTime = ({ question, onZoom }: Props) => {
  const connection = useConnection()
  const { start, end, query } = question
  const step = histogramStep(start, end)
  const { data } = useQuery({
    queryKey: [connection.region, 'log-histogram', question],
    queryFn: async ({ signal }) => {
      const { rows } = await runQuery(connection, { ...question, query: histogramQuery(query, step) }, () => undefined, signal)
      return rows.map(row => ({ at: secondsOf(row['at'] ?? ''), events: Number(row['events'] ?? 0) }))
    },
    // What SQL looks at is not read out of it.
    enabled: queryLanguage(query) !== 'SQL',
    staleTime: Infinity,
    gcTime: 60_000,
    // Without it the rows themselves are still there.
    retry: false,
  })
  if (data === undefined || data.length === 0) return null
  const most = data.reduce((high, { events }) => Math.max(high, events), 1)
  const total = data.reduce((sum, { events }) => sum + events, 0)
  const width = 100 / Math.max(1, (end - start) / step)
  return (
    <div>
      <svg
        className="query-bars" viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" role="img"
        aria-label={`${plural(total, 'event')} from ${fullTime(start)} to ${fullTime(end)}, at most ${most.toLocaleString('en')} in a bar`}
      >
        {data.map(({ at, events }) => {
          const height = Math.max(1, (events / most) * HEIGHT)
          return (
            <rect
              key={at} className="query-bar" x={((at - start) / (end - start)) * 100} y={HEIGHT - height} width={width * 0.86} height={height}
              onClick={() => onZoom(at, at + step)}
            >
              <title>{`${plural(events, 'event')}, ${fullTime(at)}`}</title>
            </rect>
          )
        })}
      </svg>
      <div className="query-bars-ends quiet"><span>{dayAndTime(start)}</span><span>{plural(total, 'event')}</span><span>{dayAndTime(end)}</span></div>
    </div>
  )
}
