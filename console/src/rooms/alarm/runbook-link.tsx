import Button from '@cloudscape-design/components/button'

/** Tags are free text: only a web address becomes a link, never `javascript:` or the like. */
const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text)

export const RunbookLink = ({ address }: { readonly address: string | undefined }) =>
  address !== undefined && isWebAddress(address) ? (
    <Button href={address} target="_blank" rel="noopener noreferrer" iconName="external" iconAlign="right">Runbook</Button>
  ) : null
