import SegmentedControl from '@cloudscape-design/components/segmented-control'
import { STATE_NAMES, STATES } from '../../words/states.ts'
import { type StateFilter, stateFilterFrom } from './alarm-rows.ts'

interface Props {
  readonly value: StateFilter
  readonly counts: Readonly<Record<StateFilter, number>>
  readonly onChange: (value: StateFilter) => void
}

/** Which state to show, with how many alarms are in each. */
export const StateChoice = ({ value, counts, onChange }: Props) => (
  <SegmentedControl
    label="State"
    selectedId={value}
    options={[
      { id: 'all', text: `All ${counts.all}` },
      ...STATES.map(state => ({ id: state, text: `${STATE_NAMES[state]} ${counts[state]}` })),
    ]}
    onChange={({ detail }) => onChange(stateFilterFrom(detail.selectedId))}
  />
)
