import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import { useConnection } from '../../app/session.tsx'
import { alarmNameIn, alarmPage, readAlarmsNamed, readParents } from '../../aws/alarms.ts'
import type { Alarm, StateValue } from '../../aws/shapes.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { duration } from '../../words/durations.ts'

const REFRESH_MILLIS = 10_000

/** What the alarm is part of, and what holds its actions back; nothing where there is neither. */
export const RelationsPanel = ({ alarm }: { readonly alarm: Alarm }) => {
  const connection = useConnection()
  const name = alarm.AlarmName ?? ''
  const suppressor = alarm.ActionsSuppressor === undefined ? undefined : alarmNameIn(alarm.ActionsSuppressor)
  const { data: parents = [] } = useQuery({
    queryKey: [connection.region, 'alarm', name, 'parents'],
    queryFn: ({ signal }) => readParents(connection, name, signal),
    refetchInterval: REFRESH_MILLIS,
  })
  const { data: suppressorState } = useQuery({
    queryKey: [connection.region, 'alarm', name, 'suppressor', suppressor],
    queryFn: async ({ signal }) => (await readAlarmsNamed(connection, [suppressor ?? ''], signal))[0]?.StateValue ?? null,
    enabled: suppressor !== undefined,
    refetchInterval: REFRESH_MILLIS,
  })
  if (parents.length === 0 && suppressor === undefined) return null
  return (
    <Container header={<Header variant="h2">Related alarms</Header>}>
      <KeyValuePairs
        columns={parents.length > 0 && suppressor !== undefined ? 3 : 2}
        items={[
          ...(parents.length === 0 ? [] : [{
            label: 'Part of', value: <>{parents.map(parent => <div key={parent.name}><AlarmLine name={parent.name} state={parent.state} /></div>)}</>,
          }]),
          ...(suppressor === undefined ? [] : [
            { label: 'Suppressed while in alarm', value: <AlarmLine name={suppressor} state={suppressorState ?? undefined} /> },
            {
              label: 'How long it waits',
              value: `${duration(alarm.ActionsSuppressorWaitPeriod ?? 0)} for the suppressor to go into alarm, ` +
                `${duration(alarm.ActionsSuppressorExtensionPeriod ?? 0)} longer once it is over`,
            },
          ]),
        ]}
      />
    </Container>
  )
}

const AlarmLine = ({ name, state }: { readonly name: string; readonly state: StateValue | undefined }) => (
  <><Link href={alarmPage(name)}><span className="wrap-anywhere">{name}</span></Link> {state !== undefined && <StateBadge state={state} />}</>
)
