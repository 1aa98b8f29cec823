import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { insightsPage, logGroupPage } from '../../aws/log-addresses.ts'
import { readAnomalies, readFields, readMasked, readMetricFilters, readSubscriptionFilters } from '../../aws/log-definitions.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { fieldInQuery } from '../../words/log-fields.ts'
import { visible } from '../../words/visible.ts'
import { DefinitionTable } from './definition-table.tsx'

/** What is made of the events, what is found in them, and who is told: each pattern and each field leads to its events. */
export const DefinitionsPanel = ({ group }: { readonly group: string }) => {
  const pattern = (text = '') => (text === '' ? <span className="quiet">All events</span> : <Link href={logGroupPage(group, { pattern: text })}><code className="wrap-anywhere">{text}</code></Link>)
  return (
    <SpaceBetween size="m">
      <DefinitionTable
        title="Metric filters" group={group} read={readMetricFilters} empty="Nothing is counted or measured here: PutMetricFilter makes metrics of events."
        columns={{
          'Name': ({ filterName }) => <span className="wrap-anywhere">{filterName}</span>,
          'Pattern': ({ filterPattern }) => pattern(filterPattern),
          'Metric': ({ metricTransformations = [] }) => metricTransformations.map(({ metricNamespace, metricName, metricValue, unit, dimensions = {} }) => (
            <div key={`${metricNamespace}/${metricName}`} className="wrap-anywhere">
              {metricNamespace}/{metricName} = {metricValue}{unit === undefined || unit === 'None' ? '' : ` ${unit}`}{Object.keys(dimensions).length > 0 && ` by ${Object.keys(dimensions).join(', ')}`}
            </div>
          )),
        }}
      />
      <DefinitionTable
        title="Subscription filters" group={group} read={readSubscriptionFilters} empty="Nobody is told of events: PutSubscriptionFilter sends them on."
        columns={{
          'Name': ({ filterName }) => <span className="wrap-anywhere">{filterName}</span>,
          'Pattern': ({ filterPattern }) => pattern(filterPattern),
          'Sent to': ({ destinationArn }) => <span className="wrap-anywhere">{destinationArn}</span>,
        }}
      />
      <DefinitionTable
        title="Anomalies" group={group} read={readAnomalies} empty="None was found; CreateLogAnomalyDetector has somebody look."
        columns={{
          'Pattern': ({ patternString, description }) => <span className="wrap-anywhere" title={description}>{visible(patternString ?? '')}</span>,
          'Priority': ({ priority = '' }) => <StatusIndicator type={priority === 'HIGH' ? 'error' : priority === 'MEDIUM' ? 'warning' : 'info'}>{priority.toLowerCase()}</StatusIndicator>,
          'Last seen': ({ lastSeen }) => <TimeAgo at={lastSeen === undefined ? undefined : lastSeen / 1000} />,
        }}
      />
      <DefinitionTable
        title="Protected data" group={group} read={readMasked} empty="Nothing is masked: PutDataProtectionPolicy hides what only few may see."
        columns={{ 'Kind': kind => kind, 'Where it is read': () => 'masked, but for those who may unmask' }}
      />
      <DefinitionTable
        title="Fields" group={group} read={readFields} empty="None was found in its newest events."
        columns={{
          'Name': ({ name = '' }) => <Link href={insightsPage([group], { query: `stats count(*) as events by ${fieldInQuery(name)}\n| sort events desc` })}><span className="wrap-anywhere">{name}</span></Link>,
          'In its newest events': ({ percent = 0 }) => `${percent} %`,
        }}
      />
    </SpaceBetween>
  )
}
