import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useEffect, useState } from 'react'
import { groupsIn } from '../../aws/log-addresses.ts'
import { Empty } from '../../parts/empty.tsx'
import { GroupChoice } from '../../parts/group-choice.tsx'
import { BrowsedLines } from '../../parts/log-lines/browsed-lines.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useAddress } from '../../parts/use-address.ts'
import { useTitle } from '../../parts/use-title.ts'
import { plural } from '../../words/durations.ts'
import { clockTimeToTheSecond } from '../../words/times.ts'
import { useTail } from './use-tail.ts'

/** StartLiveTail's limit. */
const MOST_GROUPS = 10

/** Lines as they arrive, the newest on top. */
export const LiveTailRoom = () => {
  const [address, setAddress] = useAddress()
  const groups = groupsIn(address.get('groups')).slice(0, MOST_GROUPS)
  const pattern = address.get('pattern') ?? ''
  const [typed, setTyped] = useState(pattern)
  useEffect(() => setTyped(pattern), [pattern])
  const [paused, setPaused] = useState(false)
  const { lines, waiting, cutAt, following, error, clear, again } = useTail(groups, pattern, paused)
  useTitle('Live tail')
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Live tail</Header>
      <Container>
        <SpaceBetween size="s">
          <FormField label="Log groups" stretch>
            <GroupChoice chosen={groups} most={MOST_GROUPS} onChange={next => setAddress({ groups: next.length === 0 ? '' : JSON.stringify(next) })} />
          </FormField>
          <form
            className="log-filters"
            onSubmit={event => {
              event.preventDefault()
              setAddress({ pattern: typed })
            }}
          >
            <div className="log-filter-wide">
              <FormField label="Filter pattern" stretch>
                <Input value={typed} placeholder="All lines" onChange={({ detail }) => setTyped(detail.value)} onBlur={() => setAddress({ pattern: typed })} />
              </FormField>
            </div>
            <Button formAction="submit">Find</Button>
            <Button iconName={paused ? 'play' : 'pause'} formAction="none" disabled={groups.length === 0} onClick={() => setPaused(!paused)}>{paused ? 'Go on' : 'Pause'}</Button>
          </form>
        </SpaceBetween>
      </Container>
      {error !== null && <Trouble error={error} what="Following the log groups" onRetry={again} />}
      <Container
        header={groups.length > 0 && (
          <div className="log-tail-state">
            <span aria-live="polite">
              {error !== null ? <StatusIndicator type="error">Given up</StatusIndicator>
                : !following ? <StatusIndicator type="pending">Connecting</StatusIndicator>
                : paused ? <StatusIndicator type="stopped">Paused</StatusIndicator>
                : <StatusIndicator type="in-progress">Following</StatusIndicator>}
            </span>
            {waiting.length > 0 && <span className="quiet">{plural(waiting.length, 'new line')} since</span>}
            {cutAt !== undefined && (
              <span className="quiet">More arrived at {clockTimeToTheSecond(cutAt / 1000)} than can be shown: some lines are left out. A pattern narrows it down.</span>
            )}
            {lines.length > 0 && <span className="log-tail-clear"><Button variant="inline-link" onClick={clear}>Clear</Button></span>}
          </div>
        )}
      >
        {groups.length === 0 ? <Empty title="Choose what to follow">Lines of up to {MOST_GROUPS} log groups are shown as they arrive.</Empty>
          : lines.length === 0 ? <Empty title="Nothing yet">Lines appear here as soon as they arrive.</Empty>
          : <BrowsedLines label="Arriving lines" lines={lines} streams groups={groups.length > 1} />}
      </Container>
    </SpaceBetween>
  )
}
