import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Link from '@cloudscape-design/components/link'
import type { MetricAlarm } from '../../aws/shapes.ts'
import { tagCommand } from '../../aws/commands.ts'
import type { Tags } from '../../aws/tags.ts'
import { Command } from '../../parts/command.tsx'
import { condition, missingDataInWords } from '../../words/condition.ts'
import { fullTime } from '../../words/times.ts'
import { isWebAddress } from '../../words/web-address.ts'

interface Props {
  readonly alarm: MetricAlarm
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
          { label: 'Namespace', value: <Text>{alarm.Namespace ?? '–'}</Text> },
          { label: 'Metric', value: <Text>{alarm.MetricName ?? '–'}</Text> },
          { label: 'Dimensions', value: <Lines lines={(alarm.Dimensions ?? []).map(({ Name, Value }) => `${Name} = ${Value}`)} /> },
          { label: 'Condition', value: condition(alarm, unit) },
          { label: 'Missing data', value: missingDataInWords(alarm.TreatMissingData) },
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

const TagValue = ({ value }: { readonly value: string }) =>
  isWebAddress(value) ? <Link href={value} external>{value}</Link> : <Text>{value}</Text>

const Text = ({ children }: { readonly children: string }) => <span className="wrap-anywhere">{children}</span>

const Lines = ({ lines }: { readonly lines: readonly string[] }) =>
  lines.length === 0 ? <>–</> : <>{lines.map(line => <div key={line} className="wrap-anywhere">{line}</div>)}</>
