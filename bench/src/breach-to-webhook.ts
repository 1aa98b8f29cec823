import { setTimeout as delay } from 'node:timers/promises'
import { AwsCaller } from './aws-caller.ts'
import { atMost, quantile, shown, type Benchmark } from './benchmark.ts'
import { startServer } from './server-under-test.ts'
import { WebhookReceiver } from './webhook-receiver.ts'

const ALARMS = 1000
const PERIOD_MILLIS = 10_000
const FLIPS = 4
const NAMES = Array.from({ length: ALARMS }, (_, index) => `queue-${index}`)

/** 1,000 alarms of period 10 that all change in the same period, each with a message to one webhook. */
export const breachToWebhook: Benchmark = {
  name: 'breach-to-webhook',
  async run(options) {
    const arrivals: number[] = []
    let complete = (): void => undefined
    const receiver = await WebhookReceiver.open(({ receivedAt }) => {
      arrivals.push(receivedAt)
      if (arrivals.length === ALARMS) complete()
    })
    const server = await startServer({ ...options, environment: { TOCSIN_EGRESS_ALLOW: '127.0.0.1' } })
    const caller = new AwsCaller(server)
    try {
      const topic = /<TopicArn>(.+)<\/TopicArn>/.exec(await caller.sns('CreateTopic', { Name: 'on-call' }))![1]!
      await caller.sns('Subscribe', { TopicArn: topic, Protocol: 'http', Endpoint: receiver.url })
      await receiver.confirmed
      const publish = (value: number): Promise<unknown> => caller.cloudWatch('PutMetricData', { Namespace: 'Bench', MetricData: NAMES.map(name => ({ MetricName: name, Value: value, StorageResolution: 1 })) })
      await Promise.all(NAMES.map(name => caller.cloudWatch('PutMetricAlarm', alarm(name, topic))))

      const delays: number[] = []
      for (let flip = 0; flip <= FLIPS; flip++) {
        arrivals.length = 0
        const all = new Promise<void>(resolve => (complete = resolve))
        const periodEnd = await inNextPeriod(() => publish(flip % 2 === 0 ? 1 : 250))
        await Promise.race([all, delay(30_000)])
        if (arrivals.length !== ALARMS) throw new Error(`${arrivals.length} messages of ${ALARMS} arrived within half a minute`)
        // The first change is from INSUFFICIENT_DATA, with code that is not warm yet.
        if (flip === 0) continue
        for (const arrival of arrivals) delays.push((arrival - periodEnd) / 1000)
      }
      return [
        atMost(2, 's', `${ALARMS} alarms change at once: period's end to webhook, p99`, quantile(delays, 0.99)),
        shown('s', `${ALARMS} alarms change at once: period's end to webhook, p50`, quantile(delays, 0.5)),
        shown('s', `${ALARMS} alarms change at once: period's end to the first message`, Math.min(...delays)),
      ]
    } finally {
      caller.close()
      await server.stop()
      receiver.close()
    }
  },
}

const alarm = (name: string, topic: string): object => ({
  AlarmName: name, Namespace: 'Bench', MetricName: name, Statistic: 'Maximum', Period: PERIOD_MILLIS / 1000, EvaluationPeriods: 1, Threshold: 100,
  ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'ignore', AlarmActions: [topic], OKActions: [topic],
})

/** Acts in the middle of a period that begins after now; answers when that period ends, in milliseconds since the epoch. */
const inNextPeriod = async (act: () => Promise<unknown>): Promise<number> => {
  const begin = (Math.floor(Date.now() / PERIOD_MILLIS) + 1) * PERIOD_MILLIS
  await delay(begin + PERIOD_MILLIS / 2 - Date.now())
  await act()
  if (Date.now() >= begin + PERIOD_MILLIS) throw new Error('publishing took longer than the period')
  return begin + PERIOD_MILLIS
}
