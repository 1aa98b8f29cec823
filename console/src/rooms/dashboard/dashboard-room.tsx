import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Spinner from '@cloudscape-design/components/spinner'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { validateBody } from '../../../../server/src/engines/dashboards/validate-body.ts'
import { useConnection } from '../../app/session.tsx'
import { AwsError } from '../../aws/aws-error.ts'
import { readDashboard } from '../../aws/dashboards.ts'
import { Empty } from '../../parts/empty.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { DashboardView } from './dashboard-view.tsx'
import { DashboardHeader } from './dashboard-header.tsx'
import './dashboard-room.css'

/** One dashboard, drawn as its body says. */
export const DashboardRoom = () => {
  const { name = '' } = useParams()
  const connection = useConnection()
  const { data: text, error, refetch } = useQuery({
    queryKey: [connection.region, 'dashboard', name],
    queryFn: ({ signal }) => readDashboard(connection, name, signal),
  })
  const looked = useMemo(() => (text === undefined ? undefined : validateBody(text)), [text])
  useTitle(name)
  if (error instanceof AwsError && error.status === 404) {
    return <Empty title={`There is no dashboard named ${name}`}>It may have been deleted. <Button href="#/dashboards">All dashboards</Button></Empty>
  }
  if (error !== null && text === undefined) return <Trouble error={error} what="Reading the dashboard" onRetry={() => void refetch()} />
  if (text === undefined || looked === undefined) return <Box padding="xxl" textAlign="center"><Spinner size="large" /></Box>
  if (looked.kind === 'valid') return <DashboardView key={name} name={name} text={text} body={looked.value} />
  return (
    <>
      <DashboardHeader name={name} text={text} />
      <Alert type="warning" header="This dashboard cannot be drawn">Its body does not have the shape that is known here. Edit says where.</Alert>
    </>
  )
}
