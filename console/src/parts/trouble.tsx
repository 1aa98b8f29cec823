import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { AwsError } from '../aws/aws-error.ts'

interface Props {
  readonly error: unknown
  /** What was being done: `Reading the alarms`. */
  readonly what: string
  readonly onRetry?: () => void
}

export const reasonOf = (error: unknown): string => {
  if (error instanceof AwsError && error.status !== 0) return `${error.message} (${error.code})`
  return error instanceof Error ? error.message : String(error)
}

/** An error that a person can act on: what failed, why, and a way to try again. */
export const Trouble = ({ error, what, onRetry }: Props) => (
  <Alert type="error" header={`${what} failed`} action={onRetry && <Button onClick={onRetry}>Try again</Button>}>
    {reasonOf(error)}
  </Alert>
)
