import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import Select from '@cloudscape-design/components/select'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DashboardVariable } from '../../../../server/src/model/dashboard.ts'
import { useConnection } from '../../app/session.tsx'
import { searchedMetrics, variableName } from './variable-choice.ts'

interface Props {
  readonly variables: readonly DashboardVariable[]
  readonly chosen: Readonly<Record<string, string>>
  readonly onChange: (id: string, value: string) => void
}

/** An input for each of the dashboard's variables. */
export const VariablesBar = ({ variables, chosen, onChange }: Props) => {
  const shown = variables.filter(({ visible }) => visible !== false)
  if (shown.length === 0) return null
  return (
    <div className="dashboard-variables">
      {shown.map(variable => (
        <Variable
          key={variable.id} variable={variable} value={chosen[variable.id] ?? presetOf(variable)} onChange={value => onChange(variable.id, value)}
        />
      ))}
    </div>
  )
}

const presetOf = ({ defaultValue }: DashboardVariable): string =>
  defaultValue === undefined || defaultValue === '__FIRST' ? '' : String(defaultValue)

interface VariableProps {
  readonly variable: DashboardVariable
  readonly value: string
  readonly onChange: (value: string) => void
}

const Variable = ({ variable, value, onChange }: VariableProps) => {
  const connection = useConnection()
  const wanted = variable.search === undefined ? undefined : searchedMetrics(variable.search)
  const { data: found = [] } = useQuery({
    queryKey: [connection.region, 'variable', variable.search, variable.populateFrom],
    queryFn: async ({ signal }) => {
      const { Metrics = [] } = await connection.cloudWatch('ListMetrics', { ...wanted, Dimensions: [{ Name: variable.populateFrom }] }, signal)
      const values = Metrics.flatMap(({ Dimensions = [] }) => Dimensions.filter(({ Name }) => Name === variable.populateFrom).map(({ Value = '' }) => Value))
      return [...new Set(values)].sort()
    },
    enabled: wanted !== undefined && variable.populateFrom !== undefined,
  })
  const options = [
    ...(variable.values ?? []).map(each => ({ value: String(each.value), label: each.label ?? String(each.value) })),
    ...found.map(each => ({ value: each, label: each })),
  ]
  // What comes first is only known here, where the list is filled.
  const first = variable.defaultValue === '__FIRST' && value === '' ? options[0]?.value : undefined
  useEffect(() => {
    if (first !== undefined) onChange(first)
  }, [first])
  const name = variableName(variable)
  if (variable.inputType === 'input') return <FormField label={name}><TextVariable value={value} onChange={onChange} /></FormField>
  if (variable.inputType === 'radio' && options.length > 0 && options.length <= 6) {
    return (
      <FormField label={name}>
        <SegmentedControl
          label={name} selectedId={value} options={options.map(option => ({ id: option.value, text: option.label }))} onChange={({ detail }) => onChange(detail.selectedId)}
        />
      </FormField>
    )
  }
  return (
    <FormField label={name}>
      <Select
        selectedOption={options.find(option => option.value === value) ?? (value === '' ? null : { value, label: value })}
        options={options} placeholder="As saved" filteringType={options.length > 10 ? 'auto' : 'none'} empty="Nothing found"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  )
}

/** Takes effect when it is finished, not at every letter: each value is read anew. */
const TextVariable = ({ value, onChange }: Omit<VariableProps, 'variable'>) => {
  const [typed, setTyped] = useState<string>()
  const take = (): void => {
    if (typed !== undefined && typed !== value) onChange(typed)
    setTyped(undefined)
  }
  return (
    <Input
      value={typed ?? value} placeholder="As saved" onChange={({ detail }) => setTyped(detail.value)} onBlur={take}
      onKeyDown={({ detail }) => {
        if (detail.key === 'Enter') take()
      }}
    />
  )
}
