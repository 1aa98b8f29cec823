import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import { RETENTION_DAYS } from '../../aws/log-groups.ts'
import { retentionText } from '../../words/retention.ts'

interface Props {
  /** Undefined: for ever. */
  readonly days: number | undefined
  readonly onChange: (days: number | undefined) => void
}

const OPTIONS = [undefined, ...RETENTION_DAYS].map(days => ({ value: String(days ?? ''), label: retentionText(days) }))

export const RetentionSelect = ({ days, onChange }: Props) => (
  <FormField label="Keep events for" description="Older events are deleted.">
    <Select
      selectedOption={OPTIONS.find(({ value }) => value === String(days ?? '')) ?? null}
      options={OPTIONS}
      onChange={({ detail: { selectedOption: { value = '' } } }) => onChange(value === '' ? undefined : Number(value))}
    />
  </FormField>
)
