import Button from '@cloudscape-design/components/button'

interface Props {
  /** `events` */
  readonly what: string
  readonly loading: boolean
  readonly onClick: () => Promise<unknown>
}

/** At the foot of a list that has more pages. */
export const OlderButton = ({ what, loading, onClick }: Props) => (
  <Button variant="inline-link" loading={loading} onClick={() => void onClick()}>Show older {what}</Button>
)
