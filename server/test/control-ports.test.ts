import { expect, test } from 'vitest'
import type { AlarmBook, DeliveryQueue } from '../src/jobs/ports.ts'
import type { AlarmStore, TagStore } from '../src/services/cloudwatch/ports.ts'
import type { AccessStore } from '../src/services/iam/ports.ts'
import type { Outbox, SubscriptionStore, TopicStore } from '../src/services/sns/ports.ts'
import { temporaryControl } from './temporary-control.ts'

interface Ports {
  readonly alarms: AlarmStore
  readonly alarmBook: AlarmBook
  readonly tags: TagStore
  readonly topics: TopicStore
  readonly subscriptions: SubscriptionStore
  readonly outbox: Outbox
  readonly deliveryQueue: DeliveryQueue
  readonly access: AccessStore
}

test('the control store answers every port that its consumers declare', async () => {
  const ports: Ports = temporaryControl().store
  expect(await ports.alarmBook.all()).toEqual([])
})
