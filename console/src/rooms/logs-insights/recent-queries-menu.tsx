import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { type RecentQuery, recentQueries } from './recent-queries.ts'

/** Characters of a query that a menu shows. */
const MOST_SHOWN = 70

/** The way back to what was asked before. */
export const RecentQueries = ({ onOpen }: { readonly onOpen: (recent: RecentQuery) => void }) => {
  const recent = recentQueries()
  if (recent.length === 0) return null
  const items = recent.map(({ groups, query }, index) => {
    const text = query.replaceAll(/\s+/g, ' ')
    return { id: String(index), text: text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text, secondaryText: groups.join(', ') }
  })
  return (
    <ButtonDropdown
      items={items}
      onItemClick={({ detail }) => {
        const found = recent[Number(detail.id)]
        if (found !== undefined) onOpen(found)
      }}
    >
      Recent
    </ButtonDropdown>
  )
}
