import { mkdirSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, ListAccessKeysCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateTopicCommand, TagResourceCommand } from '@aws-sdk/client-sns'
import { GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { RunningServer, dataFolder } from './running-server.ts'

/** Runs `body` against a server of its own. */
const withServer = async (args: readonly string[], body: (server: RunningServer) => Promise<void>): Promise<void> => {
  const data = join(dataFolder(), 'data')
  mkdirSync(data, { mode: 0o755 })
  const server = await RunningServer.start({ data, args: ['--host-metrics', 'off', ...args] })
  try {
    await body(server)
  } finally {
    await server.stop()
  }
}

const outcome = (sent: Promise<unknown>): Promise<string> => sent.then(() => 'allowed', (error: Error) => error.name)

test('a folder that others may enter shows them no keys and no webhooks', () =>
  withServer([], async ({ data }) => {
    const open = ['control.db', 'control.db-wal', 'credentials', 'lock'].filter(name => (statSync(join(data, name)).mode & 0o077) !== 0)
    expect(open).toEqual([])
  }))

test('nobody can fill the audit trail from outside, and nobody at all with texts without end', () =>
  withServer([], async server => {
    const guess = (token: string) => {
      const body = new URLSearchParams({ Action: 'ConfirmSubscription', Version: '2010-03-31', TopicArn: `arn:aws:sns:us-east-1:000000000000:${'x'.repeat(100_000)}`, Token: token })
      return fetch(server.url, { method: 'POST', body, headers: { 'user-agent': 'y'.repeat(10_000) } })
    }
    for (const token of ['aa', 'zz']) expect((await guess(token)).status).toBe(400)
    const ResourceArn = `arn:aws:sns:us-east-1:000000000000:${'x'.repeat(100_000)}`
    expect(await outcome(server.sns().send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'k', Value: 'v' }] })))).not.toBe('allowed')
    expect(await outcome(server.sns().send(new CreateTopicCommand({ Name: 'kept' })))).toBe('allowed')
    await server.stop()
    const rows = new DatabaseSync(join(server.data, 'control.db'), { readOnly: true }).prepare('select * from audit order by seq').all()
    expect(rows.filter(({ principal }) => principal === 'anonymous').length).toBe(0)
    expect(rows.map(({ operation }) => operation).slice(-2)).toEqual(['TagResource', 'CreateTopic'])
    expect(Math.max(...rows.map(row => JSON.stringify(row).length))).toBeLessThan(20_000)
  }))

test('temporary credentials cannot make themselves lasting ones', () =>
  withServer([], async server => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })
    const federated = await server.sts().send(new GetFederationTokenCommand({ Name: 'guest', Policy }))
    const session = await server.sts().send(new GetSessionTokenCommand({}))
    for (const { Credentials } of [federated, session]) {
      const credentials = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! }
      const iam = new IAMClient({ ...server.clientConfig(), credentials })
      expect(await outcome(iam.send(new CreateAccessKeyCommand({})))).toBe('InvalidClientTokenId')
      expect(await outcome(server.sns('us-east-1', credentials).send(new CreateTopicCommand({ Name: 'allowed' })))).toBe('allowed')
    }
  }))

test('who names no user means himself, to his policies too', () =>
  withServer([], async server => {
    const statements = [
      { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
      { Effect: 'Deny', Action: 'iam:CreateAccessKey', Resource: 'arn:aws:iam::*:user/bob' },
    ]
    const client = async (UserName: string, Statement: unknown) => {
      await server.iam().send(new CreateUserCommand({ UserName }))
      await server.iam().send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
      const { AccessKey } = await server.iam().send(new CreateAccessKeyCommand({ UserName }))
      return new IAMClient({ ...server.clientConfig(), credentials: { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! } })
    }
    const bob = await client('bob', statements)
    expect(await outcome(bob.send(new CreateAccessKeyCommand({ UserName: 'bob' })))).toBe('AccessDenied')
    expect(await outcome(bob.send(new CreateAccessKeyCommand({})))).toBe('AccessDenied')
    const ann = await client('ann', { Effect: 'Allow', Action: 'iam:ListAccessKeys', Resource: 'arn:aws:iam::*:user/${aws:username}' })
    expect(await outcome(ann.send(new ListAccessKeysCommand({})))).toBe('allowed')
  }))

test('without authentication, a page that a foreign name led here gets no further by calling itself something else', () =>
  withServer(['--auth', 'off'], async server => {
    const { hostname, port } = new URL(server.url)
    const shot = (headers: Readonly<Record<string, string>>): Promise<number> =>
      new Promise((resolve, reject) => {
        request({ hostname, port, path: '/?Action=DescribeAlarms&Version=2010-08-01', headers: { host: `tocsin.evil.example:${port}`, ...headers } }, ({ statusCode }) =>
          resolve(statusCode!),
        )
          .once('error', reject)
          .end()
      })
    // Scripts may set User-Agent in Firefox and Safari, but no browser leaves Accept-Language out.
    expect(await shot({ 'user-agent': 'aws-sdk-js/3', 'accept-language': '' })).toBe(403)
    expect(await shot({ 'user-agent': 'aws-sdk-js/3' })).toBe(200)
  }))
