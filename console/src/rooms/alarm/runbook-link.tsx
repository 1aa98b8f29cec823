import Button from '@cloudscape-design/components/button'
import { isWebAddress } from '../../words/web-address.ts'

export const RunbookLink = ({ address }: { readonly address: string | undefined }) =>
  address !== undefined && isWebAddress(address) ? (
    <Button href={address} target="_blank" rel="noopener noreferrer" iconName="external" iconAlign="right">Runbook</Button>
  ) : null
