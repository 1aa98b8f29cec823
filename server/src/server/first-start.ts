import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import type { CreateTopicCommandInput, CreateTopicCommandOutput } from '@aws-sdk/client-sns'
import type { Call, Service } from '../services/operation.ts'
import { operationOf } from './operation-of.ts'
import type { Reading } from '../collectors/collector.ts'
import { STARTER_TOPIC, starterAlarms } from './starter.ts'

export interface StarterSettings {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Promise<void>
}

const ENTRY = 'starter-definitions'

/**
 * On the very first start: a topic, and three alarms over the metrics that this machine was just seen to have, made through
 * the same operations as anybody's. Whoever deletes them is not given them again.
 */
export const provideStarter = async (options: {
  readonly settings: StarterSettings
  readonly services: readonly Service[]
  readonly readings: readonly Reading[]
  readonly call: Call
}): Promise<void> => {
  const { settings, services, readings, call } = options
  if ((await settings.get(ENTRY)) !== undefined || readings.length === 0) return
  const createTopic = operationOf<CreateTopicCommandInput, CreateTopicCommandOutput>(services, 'sns', 'CreateTopic')
  const { TopicArn } = await createTopic.run({ Name: STARTER_TOPIC }, call)
  const putAlarm = operationOf<PutMetricAlarmCommandInput, unknown>(services, 'cloudwatch', 'PutMetricAlarm')
  for (const definition of starterAlarms(readings, TopicArn!)) await putAlarm.run(definition, call)
  await settings.set(ENTRY, 'provided')
}
