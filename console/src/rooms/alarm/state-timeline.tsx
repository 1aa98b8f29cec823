import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { MouseEvent } from 'react'
import { useTheme } from '../../app/theme.ts'
import { useConnection } from '../../app/session.tsx'
import { alarmPage } from '../../aws/alarms.ts'
import type { Alarm } from '../../aws/shapes.ts'
import { paletteOf } from '../../parts/graph/palette.ts'
import { RangeChoice, useRange } from '../../parts/range-choice.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { STATE_NAMES, STATES } from '../../words/states.ts'
import { clockTime, dayAndTime, zoneName } from '../../words/times.ts'
import { readTimeline, type TimelineRow } from './timeline-rows.ts'
import './state-timeline.css'

interface Props {
  readonly alarm: Alarm
  /** The moment that is explained, in epoch seconds; undefined: now. */
  readonly picked: number | undefined
  readonly onPick: (at: number) => void
}

const REFRESH_MILLIS = 15_000

/** The states of the alarm, and of a composite one's children, one strip each below the other: which turned first is seen at once. */
export const StateTimeline = ({ alarm, picked, onPick }: Props) => {
  const connection = useConnection()
  const [range, setRange] = useRange()
  const { data, error, refetch } = useQuery({
    queryKey: [connection.region, 'alarm', alarm.AlarmName, 'timeline', range],
    queryFn: ({ signal }) => readTimeline(connection, alarm, range, Date.now() / 1000, signal),
    refetchInterval: range.kind === 'last' && REFRESH_MILLIS,
    placeholderData: keepPreviousData,
  })
  const palette = paletteOf(useTheme())
  const { start = 0, end = 1, rows = [] } = data ?? {}
  const share = (at: number): number => (at - start) / (end - start)
  const pick = (event: MouseEvent): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    onPick(start + ((event.clientX - left) / width) * (end - start))
  }
  const label = end - start > 86_400 ? dayAndTime : clockTime
  return (
    <Container
      header={
        <Header variant="h2" description={`Times in ${zoneName()} · click for the why of a moment`} actions={<RangeChoice range={range} onChange={setRange} />}>
          States over time
        </Header>
      }
    >
      {error !== null && <Trouble error={error} what="Reading the histories" onRetry={() => void refetch()} />}
      <div className="timeline">
        {rows.map(row => (
          <div key={row.name} className="timeline-row" data-own={row.own}>
            <div className="timeline-name">{row.own ? <b>{row.name}</b> : <Link href={alarmPage(row.name)}>{row.name}</Link>}</div>
            {/* Moments are also picked in the history below, which the keyboard reaches. */}
            <svg className="timeline-strip" role="img" aria-label={stripWords(row, label)} viewBox="0 0 1 1" preserveAspectRatio="none" onClick={pick}>
              {row.bands.map(band => (
                <rect key={band.start} x={share(band.start)} y={band.state === 'ALARM' ? 0 : 0.28} width={share(band.end) - share(band.start)} height={band.state === 'ALARM' ? 1 : 0.44} fill={palette.states[band.state]} />
              ))}
              {picked !== undefined && <line x1={share(picked)} x2={share(picked)} y1={0} y2={1} stroke={palette.text} strokeWidth={2} vectorEffect="non-scaling-stroke" />}
            </svg>
          </div>
        ))}
        <div className="timeline-row timeline-foot" aria-hidden="true">
          <span />
          <div className="timeline-ticks">{[0, 0.25, 0.5, 0.75, 1].map(part => <span key={part}>{label(start + part * (end - start))}</span>)}</div>
        </div>
        <div className="timeline-legend">
          {STATES.map(state => (
            <span key={state}><svg width="12" height="12" aria-hidden="true"><rect y="2" width="12" height="8" rx="1" fill={palette.states[state]} /></svg> {STATE_NAMES[state]}</span>
          ))}
        </div>
      </div>
    </Container>
  )
}

const stripWords = ({ name, bands }: TimelineRow, time: (at: number) => string): string =>
  `${name}: ${bands.map(({ state, start }) => `${STATE_NAMES[state]} from ${time(start)}`).join(', ') || 'nothing in this range'}`
