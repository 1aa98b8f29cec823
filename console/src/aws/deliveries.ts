import type { Connection } from './connection.ts'
import type { DeliveryPage } from './delivery.ts'

/** What was sent for an alarm, newest first. AWS has no operation for this; the server's own API answers. */
export const deliveriesOf = (
  connection: Connection,
  alarmArn: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<DeliveryPage> =>
  connection.read<DeliveryPage>('deliveries', { alarmArn, limit: '25', ...(cursor !== undefined && { cursor }) }, signal)
