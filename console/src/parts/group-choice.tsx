import Multiselect from '@cloudscape-design/components/multiselect'
import { useQuery } from '@tanstack/react-query'
import { useConnection } from '../app/session.tsx'
import { readLogGroups } from '../aws/log-groups.ts'

interface Props {
  readonly chosen: readonly string[]
  readonly onChange: (groups: readonly string[]) => void
  readonly most: number
}

/** Which log groups; at most so many. */
export const GroupChoice = ({ chosen, onChange, most }: Props) => {
  const connection = useConnection()
  const { data, isPending, error } = useQuery({
    queryKey: [connection.region, 'log-groups'],
    queryFn: ({ signal }) => readLogGroups(connection, signal),
  })
  const options = (data?.groups ?? []).map(({ logGroupName: value = '' }) => ({ value, label: value, disabled: chosen.length >= most && !chosen.includes(value) }))
  return (
    <Multiselect
      selectedOptions={chosen.map(value => ({ value, label: value }))}
      options={options}
      filteringType="auto"
      placeholder="Choose log groups"
      ariaLabel="Log groups"
      deselectAriaLabel={({ label = '' }) => `Without ${label}`}
      tokenLimit={5}
      empty="No log groups yet"
      statusType={isPending ? 'loading' : error === null ? 'finished' : 'error'}
      loadingText="Listing the log groups"
      errorText="Listing the log groups failed"
      onChange={({ detail }) => onChange(detail.selectedOptions.map(({ value = '' }) => value).slice(0, most))}
    />
  )
}
