import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Link from '@cloudscape-design/components/link'
import type { ReactNode } from 'react'
import type { Alarm } from '../../aws/shapes.ts'
import { tagCommand } from '../../aws/commands.ts'
import type { Tags } from '../../aws/tags.ts'
import { Command } from '../../parts/command.tsx'
import { KIND_NAMES, kindOf } from '../../words/alarm-kind.ts'
import { condition, missingDataInWords, subject } from '../../words/condition.ts'
import { duration } from '../../words/durations.ts'
import { fullTime } from '../../words/times.ts'
import { isWebAddress } from '../../words/web-address.ts'

interface Props {
  readonly alarm: Alarm
  readonly tags: Tags
  readonly unit: string | undefined
}

/** The definition: what is watched, what happens on each state, and the tags. */
export const AlarmDetails = ({ alarm, tags, unit }: Props) => (
  <ColumnLayout columns={2}>
    <Container fitHeight header={<Header variant="h2">Definition</Header>}>
      <KeyValuePairs
        columns={2}
        items={[
          { label: 'Kind', value: KIND_NAMES[kindOf(alarm)] },
          ...watched(alarm, unit),
          ...periods(alarm),
          ...warmUp(alarm),
          {
            label: 'Changed',
            value: alarm.AlarmConfigurationUpdatedTimestamp === undefined ? '–' : fullTime(alarm.AlarmConfigurationUpdatedTimestamp),
          },
          { label: 'ARN', value: <Text>{alarm.AlarmArn ?? ''}</Text> },
        ]}
      />
    </Container>
    <Container fitHeight header={<Header variant="h2">Actions and tags</Header>}>
      <KeyValuePairs
        columns={2}
        items={[
          { label: 'Actions', value: alarm.ActionsEnabled === false ? 'Off' : 'On' },
          { label: 'When in alarm', value: <Lines lines={alarm.AlarmActions ?? []} /> },
          { label: 'When OK again', value: <Lines lines={alarm.OKActions ?? []} /> },
          { label: 'When data is missing', value: <Lines lines={alarm.InsufficientDataActions ?? []} /> },
          ...tagsInMessages(alarm),
          ...Object.entries(tags).map(([label, value]) => ({ label, value: <TagValue value={value} /> })),
        ]}
      />
      {Object.keys(tags).length === 0 && (
        <>
          <p className="quiet">No tags. Severity, Team, Action and Runbook are shown in notifications:</p>
          <Command text={tagCommand(alarm.AlarmArn ?? '')} />
        </>
      )}
    </Container>
  </ColumnLayout>
)

const watched = (alarm: Alarm, unit: string | undefined): { label: string; value: ReactNode }[] => {
  const kind = kindOf(alarm)
  const criteria = alarm.EvaluationCriteria?.PromQLCriteria
  switch (kind) {
    case 'composite':
      return [{ label: 'Rule', value: <code className="rule-text">{alarm.AlarmRule}</code> }]
    case 'promql':
      return [
        { label: 'Query', value: <code className="rule-text">{criteria?.Query}</code> },
        { label: 'Alarms after', value: duration(criteria?.PendingPeriod ?? 0) },
        { label: 'Recovers after', value: duration(criteria?.RecoveryPeriod ?? 0) },
        { label: 'Evaluated every', value: duration(alarm.EvaluationInterval ?? 0) },
      ]
    default:
      return [
        ...(kind === 'metric'
          ? [
              { label: 'Namespace', value: <Text>{alarm.Namespace ?? '–'}</Text> },
              { label: 'Metric', value: <Text>{alarm.MetricName ?? '–'}</Text> },
              { label: 'Dimensions', value: <Lines lines={(alarm.Dimensions ?? []).map(({ Name, Value }) => `${Name} = ${Value}`)} /> },
            ]
          : [{ label: 'Watches', value: <Text>{subject(alarm)}</Text> }]),
        { label: 'Condition', value: condition(alarm, unit) },
        { label: 'Missing data', value: missingDataInWords(alarm.TreatMissingData) },
      ]
  }
}

const periods = ({ EvaluationWindow: given }: Alarm): { label: string; value: ReactNode }[] => {
  const clock = given?.WallClockWindow
  return clock === undefined ? [] : [{ label: 'Periods', value: `By the clocks of ${clock.Timezone ?? 'UTC'}` }]
}

const warmUp = ({ WarmUpConfiguration: configuration }: Alarm): { label: string; value: ReactNode }[] => {
  if (configuration?.WarmUpPeriodDurationInMinutes === undefined) return []
  const length = duration(configuration.WarmUpPeriodDurationInMinutes * 60)
  return [{ label: 'Warm-up', value: configuration.OnlyStartEvaluatingAfterWarmUpPeriodEnds === true ? length : `${length}, or until data fill its window` }]
}

const tagsInMessages = ({ ActionConfiguration: configuration }: Alarm): { label: string; value: ReactNode }[] => {
  const { Enabled, IncludedTagKeys, ExcludedTagKeys } = configuration?.AlarmTagsPropagation ?? {}
  if (Enabled !== true) return []
  const which = IncludedTagKeys !== undefined ? `Only ${IncludedTagKeys.join(', ')}` : ExcludedTagKeys !== undefined ? `All but ${ExcludedTagKeys.join(', ')}` : 'All'
  return [{ label: 'Tags in notifications', value: <Text>{which}</Text> }]
}

const TagValue = ({ value }: { readonly value: string }) =>
  isWebAddress(value) ? <Link href={value} external>{value}</Link> : <Text>{value}</Text>

const Text = ({ children }: { readonly children: string }) => <span className="wrap-anywhere">{children}</span>

const Lines = ({ lines }: { readonly lines: readonly string[] }) =>
  lines.length === 0 ? <>–</> : <>{lines.map(line => <div key={line} className="wrap-anywhere">{line}</div>)}</>
