import type { SetAlarmStateCommandInput } from '@aws-sdk/client-cloudwatch'
import { alarmArnOf, parseArn } from '../../base/arn.ts'
import { topicsOf, type ActionPlanner } from '../../engines/alarms/actions.ts'
import { nextState, transitionTo } from '../../engines/alarms/transition.ts'
import { stepTo } from '../../engines/composite/next-step.ts'
import { activeMute, compileMute } from '../../engines/mutes/mute-rule.ts'
import type { AlarmRecord, AlarmState, CompositeAlarm, Transition } from '../../model/alarm.ts'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { isComposite } from './alarms/family.ts'
import { alarmResources } from './alarms/resources.ts'
import { enforce, structure, text } from '../constraints.ts'
import { invalidFormat } from './faults.ts'
import { alarmName, stateValue } from './limits.ts'
import type { AlarmStore, MuteRuleStore, TagStore, TopicDirectory } from './ports.ts'

const INPUT = structure(
  {
    AlarmName: alarmName,
    StateValue: stateValue,
    StateReason: text({ min: 0, max: 1023 }),
    StateReasonData: text({ min: 0, max: 4000 }),
  },
  ['AlarmName', 'StateValue', 'StateReason'],
)

/** Puts an alarm into a state by hand, until it is next evaluated. Actions run when the value is another one. */
export const setAlarmState = (alarms: AlarmStore, tags: TagStore, topics: TopicDirectory, mutes: MuteRuleStore, planner: ActionPlanner) => {
  const change = async (previous: AlarmRecord, state: AlarmState): Promise<Transition> => {
    const { alarm } = previous
    const [tagged, missingTopics, rules] = await Promise.all([
      tags.get(alarm.tenant, alarm.arn),
      topics.missing(topicsOf(alarm)),
      mutes.list(alarm.tenant),
    ])
    const context = { tags: tagged, missingTopics, mute: activeMute(rules.map(compileMute), alarm.name, state.updatedAt) }
    if (!isComposite(previous)) return transitionTo(previous, state, context, planner)
    return stepTo(previous, state, { ...context, suppressorInAlarm: await suppressorInAlarm(previous.alarm) }, planner)
  }
  const suppressorInAlarm = async ({ tenant, suppressor }: CompositeAlarm): Promise<boolean> => {
    if (suppressor === undefined) return false
    const { resource } = parseArn(alarmArnOf(tenant, suppressor.alarm))!
    return (await alarms.get(tenant, resource.slice('alarm:'.length)))?.state.value === 'ALARM'
  }
  return operation<SetAlarmStateCommandInput, void>({
    name: 'SetAlarmState',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => alarmResources([input.AlarmName], tenant),
    async run(input, call) {
      enforce(INPUT, input)
      requireJson(input.StateReasonData)
      const previous = await alarms.get(call.tenant, input.AlarmName!)
      if (previous === undefined) throw unknownAlarm()
      const state = nextState(previous.state, input.StateValue!, input.StateReason!, input.StateReasonData, call.now)
      await alarms.commit([state.value === previous.state.value ? sameValue(previous, state) : await change(previous, state)])
    },
  })
}

/** The reason is another one, but nothing has happened that history or actions would speak of. */
const sameValue = ({ alarm }: AlarmRecord, state: AlarmState): Transition => ({ record: { alarm, state }, history: [], publications: [] })

/** CloudWatch says nothing more about it here. */
const unknownAlarm = (): Fault => new Fault('ResourceNotFound', '', { status: 404 })

const requireJson = (data: string | undefined): void => {
  if (data === undefined) return
  try {
    JSON.parse(data)
  } catch {
    throw invalidFormat('StateReasonData must be valid JSON.')
  }
}
