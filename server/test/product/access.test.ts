import { randomUUID } from 'node:crypto'
import { type CloudWatchClient, DescribeAlarmsCommand, ListMetricsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CreateAccessKeyCommand, CreateUserCommand, DeleteAccessKeyCommand, DeleteUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateTopicCommand } from '@aws-sdk/client-sns'
import { GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunningServer, dataFolder } from './running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--host-metrics', 'off'] })
})
afterAll(() => server.kill())

const policy = (...Statement: readonly unknown[]): string => JSON.stringify({ Version: '2012-10-17', Statement })

/** A user with a key and, when given, one inline policy. */
const user = async (document: string | undefined) => {
  const UserName = `user-${randomUUID()}`
  await server.iam().send(new CreateUserCommand({ UserName }))
  if (document !== undefined) await server.iam().send(new PutUserPolicyCommand({ UserName, PolicyName: 'inline', PolicyDocument: document }))
  const { AccessKey } = await server.iam().send(new CreateAccessKeyCommand({ UserName }))
  return { UserName, credentials: { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! } }
}

const outcome = (sent: Promise<unknown>): Promise<string> => sent.then(() => 'allowed', (error: Error) => error.name)
const put = (client: CloudWatchClient, Namespace: string) => outcome(client.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'm', Value: 1 }] })))

describe('users', () => {
  test('can do nothing until a policy allows it', async () => {
    const { credentials } = await user(undefined)
    await expect(server.cloudWatch('us-east-1', credentials).send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(/^User: arn:aws:iam::000000000000:user\/user-\S+ is not authorized to perform: cloudwatch:DescribeAlarms .*because no identity-based policy allows/),
      $metadata: { httpStatusCode: 403 },
    })
  })

  test('do what their policy allows, in the namespaces it names, and a deny wins', async () => {
    const { credentials } = await user(
      policy(
        { Effect: 'Allow', Action: 'cloudwatch:PutMetricData', Resource: '*', Condition: { StringLike: { 'cloudwatch:namespace': 'Shop/*' } } },
        { Effect: 'Allow', Action: 'cloudwatch:List*', Resource: '*' },
        { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringEquals: { 'cloudwatch:namespace': 'Shop/Secret' } } },
      ),
    )
    const client = server.cloudWatch('us-east-1', credentials)
    expect(await put(client, 'Shop/Web')).toBe('allowed')
    expect(await put(client, 'Shop/Secret')).toBe('AccessDenied')
    expect(await put(client, 'Bank/Web')).toBe('AccessDenied')
    expect(await outcome(client.send(new ListMetricsCommand({})))).toBe('allowed')
    expect(await outcome(server.sns('us-east-1', credentials).send(new CreateTopicCommand({ Name: 'no' })))).toMatch(/^AuthorizationError/)
    const { Metrics } = await server.cloudWatch().send(new ListMetricsCommand({}))
    expect(Metrics?.map(({ Namespace }) => Namespace)).toEqual(['Shop/Web'])
  })

  test('lose a right, and a key, with the answer to the call that takes it', async () => {
    const { UserName, credentials } = await user(policy({ Effect: 'Allow', Action: 'cloudwatch:*', Resource: '*' }))
    const client = server.cloudWatch('us-east-1', credentials)
    expect(await put(client, 'N')).toBe('allowed')
    await server.iam().send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'inline' }))
    expect(await put(client, 'N')).toBe('AccessDenied')
    await server.iam().send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: credentials.accessKeyId }))
    expect(await put(client, 'N')).toMatch(/InvalidClientTokenId|UnrecognizedClient/)
  })
})

describe('temporary credentials', () => {
  const sessionOf = (Credentials: { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined } | undefined) => ({
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  })

  test('of GetSessionToken act as their issuer, and not without their token', async () => {
    const { Credentials } = await server.sts().send(new GetSessionTokenCommand({}))
    const session = sessionOf(Credentials)
    expect((await server.sts(session).send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:iam::000000000000:root')
    const { sessionToken: _, ...withoutToken } = session
    expect(await outcome(server.cloudWatch('us-east-1', withoutToken).send(new DescribeAlarmsCommand({})))).toMatch(/InvalidClientTokenId|UnrecognizedClient/)
  })

  test('of GetFederationToken do no more than their policy', async () => {
    const { Credentials, FederatedUser } = await server
      .sts()
      .send(new GetFederationTokenCommand({ Name: 'pipeline', Policy: policy({ Effect: 'Allow', Action: 'cloudwatch:PutMetricData', Resource: '*' }) }))
    expect(FederatedUser?.Arn).toBe('arn:aws:sts::000000000000:federated-user/pipeline')
    const client = server.cloudWatch('us-east-1', sessionOf(Credentials))
    expect(await put(client, 'N')).toBe('allowed')
    expect(await outcome(client.send(new DescribeAlarmsCommand({})))).toBe('AccessDenied')
  })
})
