import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ComponentProps, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { applyVariables } from '../../../../server/src/engines/dashboards/apply-variables.ts'
import type { DashboardBody, DashboardWidget } from '../../../../server/src/model/dashboard.ts'
import { rangeFrom } from '../../words/ranges.ts'
import type { Range } from '../../words/ranges.ts'
import { kept } from '../../app/kept.ts'
import { useConnection } from '../../app/session.tsx'
import { Markdown } from '../../parts/markdown.tsx'
import { DashboardControls } from './dashboard-controls.tsx'
import { DashboardHeader } from './dashboard-header.tsx'
import { logWidgetProperties } from './log-widget-properties.ts'
import { boardRange, type PeriodChoice, type Prepared, prepareWidgets } from './prepare-widgets.ts'
import { placeWidgets } from './place-widgets.ts'
import { readBoard } from './read-board.ts'
import { VariablesBar } from './variables-bar.tsx'
import { AlarmWidget } from './widgets/alarm-widget.tsx'
import { LogWidget } from './widgets/log-widget.tsx'
import { MetricWidget } from './widgets/metric-widget.tsx'
import { Placeholder } from './widgets/placeholder.tsx'
import { WidgetFrame } from './widgets/widget-frame.tsx'
import { chosenFrom } from './variable-choice.ts'

interface Props {
  readonly name: string
  readonly text: string
  readonly body: DashboardBody
}

const USUAL_REFRESH_SECONDS = 60

/** The widgets on their grid, with one range for all of them. */
export const DashboardView = ({ name, text, body }: Props) => {
  const connection = useConnection()
  const [address, setAddress] = useSearchParams()
  // Until somebody chooses, a dashboard with a range of its own shows that.
  const [range, setRange] = useState<Range | undefined>(() => (body.start === undefined ? rangeFrom(kept('range')) : undefined))
  const [periods, setPeriods] = useState<PeriodChoice>('saved')
  const [refresh, setRefresh] = useState(USUAL_REFRESH_SECONDS)
  const chosen = useMemo(() => chosenFrom(address, body.variables ?? []), [address, body.variables])
  const applied = useMemo(() => applyVariables(body, chosen), [body, chosen])
  const places = useMemo(() => placeWidgets(applied.widgets), [applied])
  const live = range?.kind !== 'between'
  const { data, isFetching, refetch } = useQuery({
    queryKey: [connection.region, 'board', name, applied, range, periods],
    queryFn: ({ signal }) => readBoard(connection, applied, now => prepareWidgets(applied, { range, periods, now, region: connection.region }), signal),
    refetchInterval: live && refresh > 0 && refresh * 1000,
    placeholderData: keepPreviousData,
  })
  const [times, setTimes] = useState(0)
  const logs: LogView = {
    times, refresh: live && refresh > 0 && refresh * 1000, rangeAt: now => boardRange(applied, range, now), rangeKey: JSON.stringify([range, applied.start, applied.end]),
  }
  const zoom = (start: number, end: number): void => setRange({ kind: 'between', start, end })
  return (
    <>
      <DashboardHeader
        name={name}
        text={text}
        controls={
          <DashboardControls
            range={range}
            onRange={setRange}
            saved={body.start !== undefined}
            periods={periods}
            onPeriods={setPeriods}
            refresh={refresh}
            onRefresh={setRefresh}
            busy={isFetching}
            onNow={() => {
              setTimes(times + 1)
              void refetch()
            }}
          />
        }
      />
      <VariablesBar
        variables={body.variables ?? []}
        chosen={chosen}
        onChange={(id, value) => {
          const next = new URLSearchParams(address)
          next.set(`var.${id}`, value)
          setAddress(next, { replace: true })
        }}
      />
      <div className="dashboard-grid">
        {applied.widgets.map((widget, index) => {
          const { x, y, width, height } = places[index] ?? { x: 0, y: 0, width: 6, height: 6 }
          return (
            <div
              key={index}
              className="dashboard-place"
              data-type={widget.type}
              // Read top-down where the page is narrow.
              style={{ gridColumn: `${x + 1} / span ${width}`, gridRow: `${y + 1} / span ${height}`, order: y * 24 + x, minHeight: height * 8 }}
            >
              <Widget widget={widget} prepared={data?.prepared.get(index)} board={data} index={index} logs={logs} onZoom={zoom} />
            </div>
          )
        })}
      </div>
      {applied.widgets.length === 0 && <p className="quiet">This dashboard has no widgets. Edit adds some.</p>}
    </>
  )
}

interface WidgetProps {
  readonly widget: DashboardWidget
  readonly prepared: Prepared | undefined
  readonly board: Awaited<ReturnType<typeof readBoard>> | undefined
  readonly index: number
  readonly logs: LogView
  readonly onZoom: (start: number, end: number) => void
}

/** How log widgets are looked at: each asks for itself. */
type LogView = Pick<ComponentProps<typeof LogWidget>, 'times' | 'refresh' | 'rangeAt' | 'rangeKey'>

const Widget = ({ widget, prepared, board, index, logs, onZoom }: WidgetProps) => {
  switch (widget.type) {
    case 'text':
      return (
        <WidgetFrame title={undefined} label="Text" plain={widget.properties.background === 'transparent'}>
          <div className="widget-text" tabIndex={0} role="region" aria-label="Text"><Markdown text={widget.properties.markdown} /></div>
        </WidgetFrame>
      )
    case 'alarm':
      return <AlarmWidget properties={widget.properties} alarms={board?.alarms ?? []} />
    case 'metric':
      if (prepared === undefined) return <WidgetFrame title={widget.properties.title} label="Metrics"><p className="quiet">Reading…</p></WidgetFrame>
      return (
        <MetricWidget
          widget={prepared.widget} answer={board?.answers.get(index)} start={prepared.start} end={prepared.end} timezone={prepared.timezone} onZoom={onZoom}
        />
      )
    case 'log':
      return <LogWidget properties={logWidgetProperties(widget.properties)} {...logs} onZoom={onZoom} />
    default:
      return <Placeholder type={widget.type} properties={widget.properties} />
  }
}
