import { seededEntropy } from '../src/base/entropy.ts'
import type { ManualClock } from '../src/base/manual-clock.ts'
import { epochMillis } from '../src/base/time.ts'
import { compileFilter } from '../src/engines/filter-policy/compile-filter.ts'
import type { Delivery } from '../src/model/notification.ts'
import { sns } from '../src/services/sns/service.ts'
import type { ControlStore } from '../src/store/control/control-store.ts'
import { CalledService } from './called-service.ts'
import { temporaryControl } from './temporary-control.ts'

/** SNS over a real store, its filters included; deliveries are looked at instead of sent. */
export class CalledSns extends CalledService {
  readonly store: ControlStore
  readonly clock: ManualClock

  constructor() {
    const { store, clock } = temporaryControl(compileFilter)
    const { topics, subscriptions, tags, outbox } = store
    super(sns({ topics, subscriptions, tags, outbox, entropy: seededEntropy(1) }), () => clock.now())
    this.store = store
    this.clock = clock
  }

  async topic(name: string, attributes: Readonly<Record<string, string>> = {}): Promise<string> {
    return (await this.run<{ TopicArn: string }>('CreateTopic', { Name: name, Attributes: attributes })).TopicArn
  }

  async subscribe(topic: string, endpoint: string, attributes: Readonly<Record<string, string>> = {}): Promise<string> {
    const named = { TopicArn: topic, Protocol: endpoint.split(':')[0], Endpoint: endpoint }
    const input = { ...named, Attributes: attributes, ReturnSubscriptionArn: true }
    return (await this.run<{ SubscriptionArn: string }>('Subscribe', input)).SubscriptionArn
  }

  /** What the senders would be handed now; it is taken out of the outbox. */
  async sent(): Promise<readonly Delivery[]> {
    const now = this.clock.now()
    const leased = await this.store.deliveryQueue.lease(now, epochMillis(now + 1), 1000, [])
    const attempt = { at: now, durationMillis: 0, outcome: { kind: 'delivered', status: 200, detail: '' } } as const
    for (const { delivery } of leased) await this.store.deliveryQueue.settle(delivery.id, attempt, { kind: 'delivered' })
    return leased.map(({ delivery }) => delivery)
  }

  /** Subscribes and confirms by the link. */
  async listener(topic: string, endpoint: string, attributes: Readonly<Record<string, string>> = {}): Promise<string> {
    const arn = await this.subscribe(topic, endpoint, attributes)
    const asked = await this.sent()
    await this.run('ConfirmSubscription', { TopicArn: topic, Token: asked.at(-1)?.token })
    return arn
  }
}
