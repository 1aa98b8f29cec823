import Link from '@cloudscape-design/components/link'
import { alarmNameIn, alarmPage } from '../../../aws/alarms.ts'
import type { Alarm } from '../../../aws/shapes.ts'
import { StateBadge } from '../../../parts/state-badge.tsx'
import { TimeAgo } from '../../../parts/time-ago.tsx'
import { type AlarmWidgetProperties, listedAlarms } from '../listed-alarms.ts'
import { WidgetFrame } from './widget-frame.tsx'

interface Props {
  readonly properties: AlarmWidgetProperties
  readonly alarms: readonly Alarm[]
}

/** The states of alarms; those that are not there are named. */
export const AlarmWidget = ({ properties, alarms }: Props) => {
  const byName = new Map(alarms.map(alarm => [alarm.AlarmName, alarm]))
  const names = properties.alarms.map(alarmNameIn)
  const missing = names.filter(name => !byName.has(name))
  const shown = listedAlarms(properties, names.flatMap(name => byName.get(name) ?? []))
  return (
    <WidgetFrame title={properties.title ?? 'Alarms'} label="Alarms">
      <ul className="widget-alarms">
        {shown.map(({ AlarmName = '', StateValue = 'INSUFFICIENT_DATA', StateTransitionedTimestamp }) => (
          <li key={AlarmName} className="widget-alarm" data-state={StateValue}>
            <Link href={alarmPage(AlarmName)}><span className="wrap-anywhere">{AlarmName}</span></Link>
            <span><StateBadge state={StateValue} /> <span className="quiet"><TimeAgo at={StateTransitionedTimestamp} /></span></span>
          </li>
        ))}
        {missing.map(name => <li key={name} className="widget-alarm quiet">{name}: there is no such alarm</li>)}
      </ul>
      {shown.length === 0 && missing.length === 0 && <p className="quiet">None of {names.length} alarms is in a state that this widget shows.</p>}
    </WidgetFrame>
  )
}
