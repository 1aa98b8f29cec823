import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useMemo, useRef, useState } from 'react'
import { groupsIn } from '../../aws/log-addresses.ts'
import { GroupChoice } from '../../parts/group-choice.tsx'
import { LogRangeChoice } from '../../parts/log-range-choice.tsx'
import { reasonOf } from '../../parts/trouble.tsx'
import { useAddress } from '../../parts/use-address.ts'
import { useTitle } from '../../parts/use-title.ts'
import { rangeIn, rangeOut } from '../../words/log-range.ts'
import { namesGroups } from '../../words/query-text.ts'
import { type Range, window } from '../../words/ranges.ts'
import { QueryEditor } from './editor/query-editor.tsx'
import { hintIn, problemIn } from './problem-in.ts'
import { QueryProgress } from './query-progress.tsx'
import { QueryResults } from './query-results.tsx'
import { rememberQuery } from './recent-queries.ts'
import { RecentQueries } from './recent-queries-menu.tsx'
import { SavedQueries } from './saved-queries.tsx'
import { useGroupFields } from './use-group-fields.ts'
import { useQueryRun } from './use-query-run.ts'
import './logs-insights.css'

/** StartQuery's limit. */
const MOST_GROUPS = 50
const FIRST_QUERY = 'fields @timestamp, @logStream, @message\n| sort @timestamp desc\n| limit 200'

interface Draft {
  readonly groups: readonly string[]
  readonly query: string
  readonly range: Range
}

/** Queries over log groups; what is asked stands in the address, so that it can be sent to somebody. */
export const LogsInsightsRoom = () => {
  const [address, setAddress] = useAddress()
  const asked = address.toString()
  const [draft, setDraft] = useState<Draft>(() => draftIn(address))
  const [loaded, setLoaded] = useState({ text: draft.query })
  const [times, setTimes] = useState(0)
  const own = useRef<string>(undefined)
  const open = (next: Draft): void => {
    setDraft(next)
    setLoaded({ text: next.query })
  }
  useEffect(() => {
    const next = draftIn(new URLSearchParams(asked))
    // What was asked here is in the editor already, and may be being changed.
    if (JSON.stringify(next) !== own.current) open(next)
    own.current = undefined
  }, [asked])
  const question = useMemo(() => {
    const { groups, query, range } = draftIn(new URLSearchParams(asked))
    const ready = new URLSearchParams(asked).has('query') && (groups.length > 0 || namesGroups(query))
    return ready ? { groups, query, ...window(range, Date.now() / 1000 + 1) } : undefined
  }, [asked, times])
  const [run, stop] = useQueryRun(question)
  const fields = useGroupFields(draft.groups)
  useTitle('Logs Insights')

  const ask = (next: Draft): void => {
    const { groups, query, range } = next
    own.current = JSON.stringify(next)
    rememberQuery({ groups, query })
    setDraft(next)
    setAddress({ groups: groups.length === 0 ? '' : JSON.stringify(groups), query, ...rangeOut(range) })
    setTimes(count => count + 1)
  }
  const change = (part: Partial<Draft>): void => setDraft(before => ({ ...before, ...part }))
  const zoom = (start: number, end: number): void => ask({ ...draft, range: { kind: 'between', start: Math.floor(start), end: Math.ceil(end) } })
  const running = run?.state === 'running'
  const problem = useMemo(() => problemIn(run?.error), [run?.error])
  const failure = run?.state === 'failed' && run.error !== null && run.question.query === draft.query ? run.error : undefined
  const source = namesGroups(draft.query)
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Logs Insights</Header>
      <Container>
        <SpaceBetween size="s">
          <div className="query-groups">
            <FormField label="Log groups" stretch><GroupChoice chosen={draft.groups} most={MOST_GROUPS} onChange={groups => change({ groups })} /></FormField>
            <LogRangeChoice range={draft.range} onChange={range => change({ range })} />
          </div>
          <FormField stretch errorText={failure === undefined ? undefined : <Reason error={failure} />}>
            <QueryEditor loaded={loaded} fields={fields} problem={problem} onChange={query => change({ query })} onRun={() => ask(draft)} />
          </FormField>
          <div className="query-controls">
            {running
              ? <Button onClick={stop}>Stop</Button>
              : <Button variant="primary" disabled={draft.groups.length === 0 && !source} onClick={() => ask(draft)}>Run query</Button>}
            {draft.groups.length === 0 && !source ? <span className="quiet">Choose a log group first.</span> : <span className="quiet query-keys">or Ctrl + Enter</span>}
            <span className="query-gap" />
            <RecentQueries onOpen={recent => open({ ...draft, ...recent })} />
            <SavedQueries draft={draft} onOpen={saved => open({ ...draft, ...saved })} />
          </div>
        </SpaceBetween>
      </Container>
      {run !== undefined && (run.error === null || run.answer !== undefined) && (
        <Container header={<QueryProgress run={run} />}>
          <QueryResults run={run} onZoom={zoom} />
        </Container>
      )}
    </SpaceBetween>
  )
}

const Reason = ({ error }: { readonly error: unknown }) => {
  const hint = hintIn(error)
  return <>{reasonOf(error)}{hint !== undefined && <div>{hint}</div>}</>
}

const draftIn = (address: URLSearchParams): Draft =>
  ({ groups: groupsIn(address.get('groups')).slice(0, MOST_GROUPS), query: address.get('query') ?? FIRST_QUERY, range: rangeIn(address) })
