import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DescribeAlarmsCommand, ListMetricsCommand, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunningServer, dataFolder, eventually } from './running-server.ts'

describe('the first start on an empty folder', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await RunningServer.start({ data: dataFolder() })
  })
  afterAll(() => server.stop())

  test('says where the console and the credentials are, and one command to try', () => {
    expect(server.output).toContain(`Console      ${server.url}/`)
    expect(server.output).toContain(`Credentials  ${join(server.data, 'credentials')}`)
    expect(server.output).toMatch(/AWS_SHARED_CREDENTIALS_FILE=\S+ aws --endpoint-url http:\S+ --region us-east-1 cloudwatch describe-alarms --output table/)
  })

  test('leaves a root key that only its owner can read, and that works', async () => {
    expect(statSync(join(server.data, 'credentials')).mode & 0o777).toBe(0o600)
    const identity = await server.sts().send(new GetCallerIdentityCommand({}))
    expect(identity).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:root' })
  })

  test('shows this machine', async () => {
    const names = await eventually(async () => {
      const { Metrics = [] } = await server.cloudWatch().send(new ListMetricsCommand({ Namespace: 'CWAgent' }))
      return Metrics.length > 0 ? Metrics.map(({ MetricName }) => MetricName) : undefined
    }, 'host metrics')
    expect(names).toEqual(expect.arrayContaining(['mem_used_percent', 'disk_used_percent', 'system_load1']))
  })

  test('watches it with three alarms that say how bad and what to do', async () => {
    const client = server.cloudWatch()
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}))
    expect(MetricAlarms.map(({ AlarmName, MetricName, Threshold }) => [AlarmName, MetricName, Threshold])).toEqual([
      ['host-cpu', 'cpu_usage_active', 90],
      ['host-disk-space', 'disk_used_percent', 80],
      ['host-memory', 'mem_used_percent', 85],
    ])
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: MetricAlarms[1]!.AlarmArn }))
    expect(Tags?.map(({ Key }) => Key).sort()).toEqual(['Action', 'Severity', 'Team'])
  })

  test('serves the console, health and its own figures', async () => {
    const page = await fetch(`${server.url}/`)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await (await fetch(`${server.url}/health`)).json()).toMatchObject({ status: 'ready' })
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('tocsin_requests_total')
  })

  test('a port that is taken is refused in one line', async () => {
    const { port } = new URL(server.url)
    await expect(RunningServer.start({ data: dataFolder(), args: ['--port', port] })).rejects.toThrow(/exited with 1\nCannot listen on 127\.0\.0\.1 port \d+: .*EADDRINUSE[^\n]*\n$/)
  })

  test('a second server in the same folder is refused in one line', async () => {
    await expect(RunningServer.start({ data: server.data })).rejects.toThrow(/another server works in this folder/)
  })
})
