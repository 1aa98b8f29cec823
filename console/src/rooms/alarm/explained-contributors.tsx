import Badge from '@cloudscape-design/components/badge'
import Table from '@cloudscape-design/components/table'
import type { ExplainedContributor } from '../../aws/explanation.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { attributesInWords } from '../../words/attributes.ts'

const MOST_SHOWN = 100

/** Each series of the query with what it came to. */
export const ExplainedContributors = ({ contributors }: { readonly contributors: readonly ExplainedContributor[] }) => (
  <Table<ExplainedContributor>
    variant="embedded"
    contentDensity="compact"
    wrapLines
    ariaLabels={{ tableLabel: 'Series at this moment' }}
    items={contributors.slice(0, MOST_SHOWN)}
    columnDefinitions={[
      {
        id: 'state', header: 'State', width: 130,
        cell: ({ value }) => (value === 'pending' ? <Badge>Pending</Badge> : <StateBadge state={value} />),
      },
      { id: 'series', header: 'Series', isRowHeader: true, minWidth: 160, cell: ({ attributes }) => attributesInWords(attributes) },
      { id: 'because', header: 'Because', minWidth: 220, cell: ({ because }) => <span className="quiet">{because}</span> },
    ]}
    footer={contributors.length > MOST_SHOWN && `${MOST_SHOWN} of ${contributors.length} series are shown.`}
  />
)
