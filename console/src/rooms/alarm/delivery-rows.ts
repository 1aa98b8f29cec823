import type { Delivery, DeliveryAttempt } from '../../aws/delivery.ts'

/** A line of the deliveries table: a delivery, or below it one of its attempts. */
export type DeliveryRow =
  | { readonly kind: 'delivery'; readonly id: string; readonly delivery: Delivery }
  | { readonly kind: 'attempt'; readonly id: string; readonly number: number; readonly attempt: DeliveryAttempt }

export const deliveryRow = (delivery: Delivery): DeliveryRow => ({ kind: 'delivery', id: delivery.id, delivery })

export const attemptRows = (row: DeliveryRow): DeliveryRow[] =>
  row.kind === 'attempt'
    ? []
    : row.delivery.attempts.map((attempt, index) => ({ kind: 'attempt', id: `${row.id}/${index}`, number: index + 1, attempt }))

/** What came back, in one line: `200 ok`, `550 No such mailbox`. */
export const answerOf = ({ status, detail }: DeliveryAttempt): string =>
  status === undefined || detail.startsWith(String(status)) ? detail : `${status} ${detail}`
