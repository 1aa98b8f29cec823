import Badge from '@cloudscape-design/components/badge'
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFlashes } from '../../app/flashes.tsx'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { endMute, muteOnce, readMutes } from '../../aws/mutes.ts'
import type { MuteRule } from '../../aws/shapes.ts'
import { Empty } from '../../parts/empty.tsx'
import { reasonOf, Trouble } from '../../parts/trouble.tsx'
import { plural } from '../../words/durations.ts'
import { muteEnd, muteSchedule } from '../../words/mute-words.ts'
import { fullTime } from '../../words/times.ts'
import { MuteDialog } from './mute-dialog.tsx'

const REFRESH_MILLIS = 10_000
const HOUR = 60

/** Which mute rules hold this alarm's actions back, now or next, and how to start or end one. */
export const MutesPanel = ({ alarmName }: { readonly alarmName: string }) => {
  const connection = useConnection()
  const { tell } = useFlashes()
  const [choosing, setChoosing] = useState(false)
  const key = [connection.region, 'alarm', alarmName, 'mutes']
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key, queryFn: ({ signal }) => readMutes(connection, alarmName, signal), refetchInterval: REFRESH_MILLIS,
  })
  const { mutate: mute, isPending: muting } = useMutation({
    mutationFn: (minutes: number) => muteOnce(connection, alarmName, Date.now() / 1000, minutes, ''),
    onSuccess: (_done, minutes) => {
      tell('success', `Muted for ${plural(minutes / HOUR, 'hour')}: the alarm goes on watching, and notifies nobody.`)
      return queries.invalidateQueries({ queryKey: key })
    },
    onError: failure => tell('error', 'The alarm was not muted', reasonOf(failure)),
  })
  const { mutate: end, variables: ending, isPending: isEnding } = useMutation({
    mutationFn: (rule: MuteRule) => endMute(connection, rule, alarmName),
    onSuccess: () => {
      tell('success', 'The mute is over for this alarm.')
      return queries.invalidateQueries({ queryKey: key })
    },
    onError: failure => tell('error', 'The mute was not ended', reasonOf(failure)),
  })
  if (error !== null && data === undefined) return <Trouble error={error} what="Reading the mute rules" onRetry={() => void refetch()} />
  return (
    <>
      <Table<MuteRule>
        variant="container"
        contentDensity="compact"
        wrapLines
        ariaLabels={{ tableLabel: 'Mutes' }}
        loading={isPending}
        loadingText="Reading the mute rules"
        items={data ?? []}
        trackBy="AlarmMuteRuleArn"
        header={
          <Header
            variant="h2"
            actions={
              <ButtonDropdown
                loading={muting}
                items={[
                  { id: '1', text: 'For 1 hour' }, { id: '4', text: 'For 4 hours' }, { id: 'until', text: 'Until…' },
                ]}
                onItemClick={({ detail: { id } }) => {
                  if (id === 'until') setChoosing(true)
                  else mute(Number(id) * HOUR)
                }}
              >
                Mute
              </ButtonDropdown>
            }
          >
            Mutes
          </Header>
        }
        columnDefinitions={[
          {
            id: 'status', header: 'Status', width: 120,
            cell: ({ Status }) => (Status === 'ACTIVE' ? <Badge color="blue">Muted now</Badge> : <Badge>Planned</Badge>),
          },
          {
            id: 'rule', header: 'Rule', isRowHeader: true, minWidth: 180,
            cell: ({ Name, Description }) => <><span className="wrap-anywhere">{Name}</span> <div className="quiet">{Description}</div></>,
          },
          { id: 'when', header: 'When', minWidth: 180, cell: rule => <When rule={rule} /> },
          {
            id: 'others', header: 'Alarms', width: 90,
            cell: ({ MuteTargets }) => MuteTargets?.AlarmNames?.length ?? 0,
          },
          {
            id: 'end', header: 'End it', width: 110,
            cell: rule => (
              <Button variant="inline-link" ariaLabel={`End ${rule.Name} for this alarm`} loading={isEnding && ending === rule} onClick={() => end(rule)}>
                {rule.Status === 'ACTIVE' ? 'End now' : 'Take out'}
              </Button>
            ),
          },
        ]}
        empty={<Empty title="Not muted">A muted alarm goes on watching and keeps its history, but runs no action.</Empty>}
      />
      {choosing && (
        <MuteDialog
          alarmName={alarmName}
          onClose={() => setChoosing(false)}
          onDone={until => {
            setChoosing(false)
            tell('success', `Muted until ${fullTime(until)}.`)
            void queries.invalidateQueries({ queryKey: key })
          }}
        />
      )}
    </>
  )
}

const When = ({ rule }: { readonly rule: MuteRule }) => {
  const end = muteEnd(rule)
  return end === undefined ? <code className="rule-text">{muteSchedule(rule)}</code> : <>until {fullTime(end)}</>
}
