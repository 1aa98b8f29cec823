import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFlashes } from '../../app/flashes.tsx'
import { queries } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import type { QueryDefinition } from '../../aws/log-shapes.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'

interface Props {
  readonly draft: { readonly groups: readonly string[]; readonly query: string }
  readonly onOpen: (saved: { readonly groups: readonly string[]; readonly query: string }) => void
}

/** DescribeQueryDefinitions' limit. */
const MOST = 1000

/** Queries that were saved, to be opened; and a way to save this one. */
export const SavedQueries = ({ draft, onOpen }: Props) => {
  const connection = useConnection()
  const [dialog, setDialog] = useState<'save' | 'delete'>()
  const [opened, setOpened] = useState<QueryDefinition>()
  const { data = [] } = useQuery({
    queryKey: [connection.region, 'saved-queries'],
    queryFn: async ({ signal }) => (await connection.logs('DescribeQueryDefinitions', { maxResults: MOST }, signal)).queryDefinitions ?? [],
  })
  const open = (id: string): void => {
    const saved = data.find(({ queryDefinitionId }) => queryDefinitionId === id)
    if (saved === undefined) return
    setOpened(saved)
    onOpen({ query: saved.queryString ?? '', groups: saved.logGroupNames === undefined || saved.logGroupNames.length === 0 ? draft.groups : saved.logGroupNames })
  }
  return (
    <>
      {data.length > 0 && (
        <ButtonDropdown items={data.map(({ queryDefinitionId: id = '', name: text = '' }) => ({ id, text }))} onItemClick={({ detail }) => open(detail.id)}>Saved queries</ButtonDropdown>
      )}
      {opened !== undefined && <Button onClick={() => setDialog('delete')}>Delete saved</Button>}
      <Button onClick={() => setDialog('save')}>Save</Button>
      {dialog === 'save' && <SaveDialog draft={draft} opened={opened} onClose={() => setDialog(undefined)} onSaved={setOpened} />}
      {dialog === 'delete' && opened !== undefined && (
        <ConfirmDialog
          title="Delete this saved query?"
          verb="Delete"
          act={() => connection.logs('DeleteQueryDefinition', { queryDefinitionId: opened.queryDefinitionId })}
          onClose={() => setDialog(undefined)}
          onDone={async () => {
            setDialog(undefined)
            setOpened(undefined)
            await queries.invalidateQueries({ queryKey: [connection.region, 'saved-queries'] })
          }}
        >
          <p><b className="wrap-anywhere">{opened.name}</b> is gone then. What stands in the editor stays.</p>
        </ConfirmDialog>
      )}
    </>
  )
}

interface SaveProps {
  readonly draft: Props['draft']
  readonly opened: QueryDefinition | undefined
  readonly onClose: () => void
  readonly onSaved: (saved: QueryDefinition) => void
}

/** Under the name of the query that was opened it takes that one's place. */
const SaveDialog = ({ draft: { groups, query }, opened, onClose, onSaved }: SaveProps) => {
  const connection = useConnection()
  const { tell } = useFlashes()
  const [name, setName] = useState(opened?.name ?? '')
  const act = async (): Promise<void> => {
    const replaced = opened?.name === name ? opened.queryDefinitionId : undefined
    const { queryDefinitionId } = await connection.logs('PutQueryDefinition', {
      name, queryString: query, logGroupNames: [...groups], ...(replaced !== undefined && { queryDefinitionId: replaced }),
    })
    onSaved({ name, queryDefinitionId, queryString: query, logGroupNames: [...groups] })
  }
  const done = async (): Promise<void> => {
    tell('success', `Query ${name} is saved.`)
    onClose()
    await queries.invalidateQueries({ queryKey: [connection.region, 'saved-queries'] })
  }
  return (
    <ConfirmDialog title="Save this query" verb="Save" act={act} onClose={onClose} onDone={done}>
      <FormField label="Name" description="A slash makes a folder: payments/refused.">
        <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus />
      </FormField>
    </ConfirmDialog>
  )
}
