import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, GetLogEventsCommand, GetQueryResultsCommand, PutDataProtectionPolicyCommand, PutLogEventsCommand,
  StartQueryCommand, CreateExportTaskCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { dataFolder, RunningServer } from './running-server.ts'

const EMAIL = 'arn:aws:dataprotection::aws:data-identifier/EmailAddress'
const POLICY = JSON.stringify({
  Name: 'p', Version: '2021-06-01',
  Statement: [
    { Sid: 'a', DataIdentifier: [EMAIL], Operation: { Audit: { FindingsDestination: {} } } },
    { Sid: 'm', DataIdentifier: [EMAIL], Operation: { Deidentify: { MaskConfig: {} } } },
  ],
})
const STREAM = { logGroupName: 'g', logStreamName: 's' }

test('what is masked is shown to who has the right, and to nobody else, also after a kill', async () => {
  const data = dataFolder()
  let server = await RunningServer.start({ data })
  let root = new CloudWatchLogsClient(server.clientConfig())
  await root.send(new CreateLogGroupCommand({ logGroupName: 'g' }))
  await root.send(new CreateLogStreamCommand(STREAM))
  await root.send(new PutDataProtectionPolicyCommand({ logGroupIdentifier: 'g', policyDocument: POLICY }))
  const iam = new IAMClient(server.clientConfig())
  await iam.send(new CreateUserCommand({ UserName: 'reader' }))
  await iam.send(new PutUserPolicyCommand({
    UserName: 'reader', PolicyName: 'p',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['logs:Get*', 'logs:StartQuery', 'logs:CreateExportTask'], Resource: '*' }] }),
  }))
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }))
  await root.send(new PutLogEventsCommand({ ...STREAM, logEvents: [{ timestamp: Date.now(), message: 'mail a@example.com' }] }))
  server.process.kill('SIGKILL')
  await new Promise(resolve => server.process.once('exit', resolve))

  server = await RunningServer.start({ data })
  root = new CloudWatchLogsClient(server.clientConfig())
  const reader = new CloudWatchLogsClient(server.clientConfig('us-east-1', { accessKeyId: key!.AccessKeyId!, secretAccessKey: key!.SecretAccessKey! }))
  const message = async (client: CloudWatchLogsClient, unmask: boolean) => (await client.send(new GetLogEventsCommand({ ...STREAM, unmask }))).events?.[0]?.message
  expect(await message(root, true)).toBe('mail a@example.com')
  expect(await message(reader, false)).toBe('mail *************')
  await expect(message(reader, true)).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('logs:Unmask') as string })

  const query = async (client: CloudWatchLogsClient, queryString: string) => {
    const now = Math.floor(Date.now() / 1000)
    const { queryId } = await client.send(new StartQueryCommand({ logGroupName: 'g', startTime: now - 600, endTime: now + 600, queryString }))
    for (;;) {
      const { status, results } = await client.send(new GetQueryResultsCommand({ queryId }))
      if (status === 'Complete') return results?.[0]?.[0]?.value
      if (status === 'Failed') throw new Error('the query failed')
    }
  }
  expect(await query(reader, 'fields @message')).toBe('mail *************')
  expect(await query(root, 'fields unmask(@message)')).toBe('mail a@example.com')
  await expect(query(reader, 'fields unmask(@message)')).rejects.toMatchObject({ name: 'AccessDeniedException' })
  const task = { logGroupName: 'g', from: 0, to: Date.now() + 1000, destination: 'b' }
  await expect(reader.send(new CreateExportTaskCommand(task))).rejects.toMatchObject({ message: expect.stringContaining('s3:PutObject') as string })
  server.process.kill('SIGKILL')
  await new Promise(resolve => server.process.once('exit', resolve))
  // Who saw what was masked, and who wanted to, is written down with what he asked.
  const rows = new DatabaseSync(join(server.data, 'control.db'), { readOnly: true }).prepare('select * from audit order by seq').all()
  const asked = rows.filter(row => Object.values(row).some(value => value === 'StartQuery')).map(row => JSON.stringify(row))
  expect(asked).toHaveLength(3)
  expect(asked.map(row => row.includes('unmask(@message)'))).toEqual([false, true, true])
  expect(asked[2]).toContain('AccessDenied')
})
