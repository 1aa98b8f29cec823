import type { AddPermissionCommandInput } from '@aws-sdk/client-sns'
import { enforce, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameter } from './faults.ts'
import { findTopic } from './find-topic.ts'
import type { SnsParts } from './parts.ts'
import { topicPolicy, withStatements } from './topic-permissions.ts'
import { checkPermissions } from './topic-policy.ts'

const INPUT = structure(
  { TopicArn: text(), Label: text(), AWSAccountId: list(undefined), ActionName: list(undefined) },
  ['TopicArn', 'Label', 'AWSAccountId', 'ActionName'],
)

export const addPermission = ({ topics, turns }: SnsParts) =>
  operation<AddPermissionCommandInput, undefined>({
    name: 'AddPermission',
    kind: 'write',
    access: 'signed',
    resources: input => [input.TopicArn ?? '*'],
    differs: [{ how: "kept and shown; only the caller's policies decide: accounts are kept apart" }],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const { TopicArn: arn = '', Label: label, AWSAccountId: accounts = [], ActionName: actions = [] } = input
      return turns.run(arn, async () => {
        const topic = await findTopic(topics, tenant, arn)
        const { statements } = topicPolicy(topic)
        if (statements.some(({ Sid }) => Sid === label)) throw invalidParameter('Statement already exists')
        checkPermissions(actions)
        if (!accounts.every(account => /^\d{12}$/.test(account))) throw invalidParameter('A provided account ID is not valid')
        const principals = accounts.map(account => `arn:aws:iam::${account}:root`)
        const statement = {
          Sid: label,
          Effect: 'Allow',
          Principal: { AWS: oneOrMany(principals) },
          Action: oneOrMany(actions.map(action => `SNS:${action}`)),
          Resource: arn,
        }
        await topics.put(withStatements(topic, [...statements, statement]))
        return undefined
      })
    },
  })

const oneOrMany = (values: readonly string[]): string | readonly string[] => (values.length === 1 ? values[0]! : values)
