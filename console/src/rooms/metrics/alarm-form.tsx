import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Modal from '@cloudscape-design/components/modal'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useFlashes } from '../../app/flashes.tsx'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { alarmPage } from '../../aws/alarms.ts'
import { createTopicCommand } from '../../aws/commands.ts'
import type { Metric } from '../../aws/shapes.ts'
import { readTopics } from '../../aws/topics.ts'
import { Command } from '../../parts/command.tsx'
import { reasonOf } from '../../parts/trouble.tsx'
import { condition, missingDataChoice, sign, statisticName } from '../../words/condition.ts'
import { duration } from '../../words/durations.ts'
import { SEVERITIES, SEVERITY_NAMES } from '../../words/severity.ts'
import { ALARM_PERIODS, type AlarmDraft, COMPARISONS, newDraft, problemsOf, requestOf, TREATMENTS } from './alarm-draft.ts'
import { STATISTICS } from './graph-choice.ts'
import { dimensionValues } from './metric-groups.ts'

interface Props {
  readonly metric: Metric
  readonly statistic: string
  readonly period: number
  readonly onClose: () => void
}

/** Makes an alarm of a metric: PutMetricAlarm in a form. */
export const AlarmForm = ({ metric, statistic, period, onClose }: Props) => {
  const connection = useConnection()
  const navigate = useNavigate()
  const { tell } = useFlashes()
  const [draft, setDraft] = useState(() => newDraft(metric, statistic, period))
  const [checked, setChecked] = useState(false)
  const { data: topics } = useQuery({ queryKey: [connection.region, 'topics'], queryFn: ({ signal }) => readTopics(connection, signal) })
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => connection.cloudWatch('PutMetricAlarm', requestOf(draft, metric)),
    onSuccess: async () => {
      tell('success', `Alarm ${draft.name} is created; its first evaluation follows within a minute.`)
      void queries.invalidateQueries({ queryKey: [connection.region, 'alarms'] })
      await navigate(alarmPage(draft.name.trim()).slice(1))
    },
  })
  const problems = problemsOf(draft)
  const shown = checked ? problems : {}
  const set = (change: Partial<AlarmDraft>): void => setDraft(before => ({ ...before, ...change }))
  const submit = (): void => {
    setChecked(true)
    if (Object.keys(problems).length === 0) mutate()
  }

  return (
    <Modal
      visible
      size="large"
      header="Create an alarm"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>Cancel</Button>
            <Button variant="primary" loading={isPending} onClick={submit}>Create alarm</Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {error !== null && <Alert type="error" header="Not created">{reasonOf(error)}</Alert>}
        <div className="wrap-anywhere">
          <b>{metric.MetricName}</b> <span className="quiet">{metric.Namespace} {dimensionValues(metric)}</span>
        </div>
        <ColumnLayout columns={2}>
          <FormField label="Name" errorText={shown.name}>
            <Input value={draft.name} onChange={({ detail }) => set({ name: detail.value })} />
          </FormField>
          <FormField label={<>Description <i>– optional</i></>} errorText={shown.description}>
            <Input
              value={draft.description}
              onChange={({ detail }) => set({ description: detail.value })}
              placeholder="What is broken when this goes off?"
            />
          </FormField>
          <FormField label="Statistic">
            <Choice value={draft.statistic} values={STATISTICS} word={statisticName} onChange={next => set({ statistic: next })} />
          </FormField>
          <FormField label="Period">
            <Choice
              value={String(draft.period)}
              values={ALARM_PERIODS.map(String)}
              word={text => duration(Number(text))}
              onChange={next => set({ period: Number(next) })}
            />
          </FormField>
          <FormField label="Comparison">
            <Choice value={draft.comparison} values={COMPARISONS} word={comparisonInWords} onChange={comparison => set({ comparison })} />
          </FormField>
          <FormField label="Threshold" errorText={shown.threshold}>
            <Input value={draft.threshold} inputMode="decimal" onChange={({ detail }) => set({ threshold: detail.value })} />
          </FormField>
          <FormField label="Datapoints to alarm" errorText={shown.datapoints}>
            <Input value={draft.datapoints} inputMode="numeric" onChange={({ detail }) => set({ datapoints: detail.value })} />
          </FormField>
          <FormField label="Out of the last periods" errorText={shown.periods}>
            <Input value={draft.periods} inputMode="numeric" onChange={({ detail }) => set({ periods: detail.value })} />
          </FormField>
          <FormField label="When a datapoint is missing">
            <Choice value={draft.missing} values={TREATMENTS} word={missingDataChoice} onChange={missing => set({ missing })} />
          </FormField>
          <FormField label="Severity">
            <Choice value={draft.severity} values={['', ...SEVERITIES]} word={severityInWords} onChange={severity => set({ severity })} />
          </FormField>
        </ColumnLayout>
        <FormField label="Notify" description="This topic gets the alarm, and the all-clear.">
          <Choice
            value={draft.topic}
            values={['', ...(topics ?? [])]}
            word={text => (text === '' ? 'Nobody' : text)}
            onChange={topic => set({ topic })}
          />
        </FormField>
        {topics?.length === 0 && (
          <>
            <span className="quiet">There is no topic yet. To have somebody notified, create one first:</span>
            <Command text={createTopicCommand()} />
          </>
        )}
        <Alert type="info">{sentence(draft, metric)}</Alert>
      </SpaceBetween>
    </Modal>
  )
}

const NAMES: Readonly<Record<string, string>> = {
  GreaterThanThreshold: 'Greater than', GreaterThanOrEqualToThreshold: 'Greater than or equal to',
  LessThanThreshold: 'Less than', LessThanOrEqualToThreshold: 'Less than or equal to',
}
const comparisonInWords = (comparison: string): string => `${NAMES[comparison] ?? comparison} (${sign(comparison)})`

const severityInWords = (text: string): string => {
  const severity = SEVERITIES.find(each => each === text)
  return severity === undefined ? 'None' : severity === 'Info' ? 'Info' : `${severity} ${SEVERITY_NAMES[severity]}`
}

const sentence = (draft: AlarmDraft, metric: Metric): string => {
  const threshold = Number(draft.threshold)
  if (draft.threshold.trim() === '' || !Number.isFinite(threshold)) return 'Enter a threshold to see the alarm in words.'
  return `In alarm when ${condition({
    MetricName: metric.MetricName, ExtendedStatistic: draft.statistic, ComparisonOperator: draft.comparison, Threshold: threshold,
    Period: draft.period,
    EvaluationPeriods: Number(draft.periods), DatapointsToAlarm: Number(draft.datapoints),
  })}.`
}

interface ChoiceProps<Value extends string> {
  readonly value: NoInfer<Value>
  readonly values: readonly Value[]
  readonly word: (value: string) => string
  readonly onChange: (value: Value) => void
}

const Choice = <Value extends string>({ value, values, word, onChange }: ChoiceProps<Value>) => (
  <Select
    selectedOption={{ value, label: word(value) }}
    options={values.map(each => ({ value: each, label: word(each) }))}
    onChange={({ detail }) => {
      const next = values.find(each => each === detail.selectedOption.value)
      if (next !== undefined) onChange(next)
    }}
  />
)
