import Link from '@cloudscape-design/components/link'
import { alarmNameIn, alarmPage } from '../../aws/alarms.ts'
import type { ExplainedNode } from '../../aws/explanation.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { nodeKind, nodeWords } from '../../words/rule-node.ts'

/** A composite alarm's rule as a tree: each node with its value, each alarm with its state. */
export const RuleTree = ({ rule }: { readonly rule: ExplainedNode }) => (
  <ul className="rule-tree" aria-label="Rule"><Node node={rule} /></ul>
)

const Node = ({ node }: { readonly node: ExplainedNode }) => {
  const kind = nodeKind(node)
  const [only] = node.alarms
  return (
    <li>
      <div className="rule-node" data-value={node.value}>
        <Value value={node.value} />
        {kind === 'state' && only !== undefined ? <><code className="rule-text">{nodeWords(node)}</code> <AlarmLink {...only} /></> : <b>{nodeWords(node)}</b>}
      </div>
      {(node.operands.length > 0 || kind === 'at least') && (
        <ul>
          {node.operands.map((operand, index) => <Node key={`${index} ${operand.text}`} node={operand} />)}
          {kind === 'at least' && node.alarms.map(each => (
            <li key={each.alarm}>
              <div className="rule-node" data-value={each.counts}><Value value={each.counts} words={['counts', 'does not']} /><AlarmLink {...each} /></div>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

const AlarmLink = ({ alarm, state }: ExplainedNode['alarms'][number]) => (
  <>
    <Link href={alarmPage(alarmNameIn(alarm))}><span className="wrap-anywhere">{alarmNameIn(alarm)}</span></Link>
    {state === undefined ? <span className="quiet">there is no such alarm</span> : <span className="quiet">is <StateBadge state={state} /></span>}
  </>
)

interface ValueProps {
  readonly value: boolean
  readonly words?: readonly [string, string]
}

const Value = ({ value, words = ['true', 'false'] }: ValueProps) => (
  <span className="rule-value" data-value={value}>{value ? words[0] : words[1]}</span>
)
