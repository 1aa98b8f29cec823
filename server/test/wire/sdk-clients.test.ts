import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  InvalidParameterValueException,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  PutMetricStreamCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateTopicCommand, GetTopicAttributesCommand, NotFoundException, PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { GetTraceSummariesCommand, InvalidRequestException, PutTraceSegmentsCommand, XRayClient } from '@aws-sdk/client-xray'
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../src/wire/fault.ts'
import { CREDENTIALS, startEchoServer, type EchoServer } from './echo-server.ts'

let echo: EchoServer
beforeAll(async () => {
  echo = await startEchoServer()
})
afterAll(() => echo.close())
beforeEach(() => {
  echo.reply = {}
})

const settings = (path = '') => ({ endpoint: echo.endpoint + path, region: 'eu-central-1', credentials: CREDENTIALS, maxAttempts: 1 })
const ODD = 'äöü € 🚨 <&>"\' \\ \n tab\t end'

/** Well-formed, or it throws. */
const strictXml = (text: string): void => {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', error => {
    throw error
  })
  parser.write(text).close()
}

const protocols = [
  ['AWS JSON 1.0', AwsJson1_0Protocol],
  ['query', AwsQueryProtocol],
  ['RPC v2 CBOR', AwsSmithyRpcV2CborProtocol],
] as const

describe.each(protocols)('CloudWatch by %s', (_name, protocol) => {
  const client = () => new CloudWatchClient({ ...settings(), protocol })

  it('carries a rich input whole', async () => {
    const input = {
      Namespace: 'App/Web',
      MetricData: [
        {
          MetricName: ODD,
          Dimensions: [
            { Name: 'Host', Value: 'a=b&c' },
            { Name: 'Path', Value: '/x y+z%20' },
          ],
          Timestamp: new Date('2025-10-02T17:04:00.788Z'),
          StatisticValues: { SampleCount: 3, Sum: 1.5e-7, Minimum: -(2 ** 60), Maximum: 1e100 },
          Unit: 'Count/Second' as const,
          StorageResolution: 1,
        },
        { MetricName: 'm', Values: [0, -0.5, 1 / 3, 4096], Counts: [1, 2, 3, 1e9], Timestamp: new Date('1969-12-31T23:59:59Z') },
        { MetricName: 'empty', Values: [] },
      ],
      EntityMetricData: [{ Entity: { KeyAttributes: { Type: 'Service', Name: ODD }, Attributes: { '__proto__x': 'y', a: '' } }, MetricData: [] }],
      StrictEntityValidation: true,
    }
    await client().send(new PutMetricDataCommand(input))
    expect(echo.seen).toEqual({ name: 'PutMetricData', input })
  })

  it('carries a rich output whole', async () => {
    const output = {
      MetricDataResults: [
        {
          Id: 'a',
          Label: ODD,
          Timestamps: [new Date('2025-10-02T17:04:00Z'), new Date('2025-10-02T17:04:00.788Z')],
          Values: [1, 0.1 + 0.2],
          StatusCode: 'Complete' as const,
          Messages: [{ Code: 'x', Value: '' }],
        },
        { Id: 'b', Timestamps: [], Values: [] },
      ],
      NextToken: 'a+b/c=',
    }
    echo.reply = output
    const answer = await client().send(new GetMetricDataCommand({ MetricDataQueries: [], StartTime: new Date(0), EndTime: new Date(1000) }))
    expect(answer).toMatchObject(output)
    expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, requestId: 'a-request' })
    expect(echo.seen.input).toEqual({ MetricDataQueries: [], StartTime: new Date(0), EndTime: new Date(1000) })
  })

  it('answers an operation without output', async () => {
    const input = { AlarmName: ODD, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' as const, ActionsEnabled: false }
    const answer = await client().send(new PutMetricAlarmCommand(input))
    expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, requestId: 'a-request' })
    expect(echo.seen.input).toEqual(input)
  })

  it('shows a modelled error with its class, query code, status and members', async () => {
    echo.reply = new Fault('InvalidParameterValue', ODD, { shape: 'InvalidParameterValueException' })
    const error = await client()
      .send(new DescribeAlarmsCommand({}))
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InvalidParameterValueException)
    expect(error).toMatchObject({ name: 'InvalidParameterValueException', message: ODD, $fault: 'client', $metadata: { httpStatusCode: 400 } })
    echo.reply = new Fault('ResourceNotFound', '', { status: 404 })
    await expect(client().send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({ name: 'ResourceNotFound', $metadata: { httpStatusCode: 404 } })
    echo.reply = new Fault('ResourceNotFoundException', 'gone', { status: 404, members: { ResourceType: 'Dashboard', ResourceId: 'd' } })
    const missing = await client()
      .send(new DescribeAlarmsCommand({}))
      .catch((thrown: unknown) => thrown)
    expect(missing).toBeInstanceOf(ResourceNotFoundException)
    expect(missing).toMatchObject({ message: 'gone', ResourceType: 'Dashboard', ResourceId: 'd', $metadata: { httpStatusCode: 404 } })
  })

  it('shows errors that the model does not know', async () => {
    echo.reply = new Fault('Throttling', 'no')
    await expect(client().send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({ name: 'Throttling', message: 'no' })
    echo.reply = new Fault('InternalFailure', 'oh', { status: 500 })
    await expect(client().send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({ $fault: 'server', $metadata: { httpStatusCode: 500 } })
  })

  it('names an operation that is not built', async () => {
    const command = new PutMetricStreamCommand({ Name: 'x', FirehoseArn: 'f', RoleArn: 'r', OutputFormat: 'json' })
    await expect(client().send(command)).rejects.toMatchObject({ message: 'The operation PutMetricStream is not implemented yet.', $metadata: { httpStatusCode: 501 } })
  })

  it('does not mind a path prefix', async () => {
    const prefixed = new CloudWatchClient({ ...settings('/tenant/a%20b'), protocol })
    await prefixed.send(new DescribeAlarmsCommand({ AlarmNames: ['x'] }))
    expect(echo.seen.input).toEqual({ AlarmNames: ['x'] })
  })
})

describe('protocols', () => {
  // The SDK itself cannot send compressed CBOR: it keeps the content length of the plain body.
  it.each(protocols.slice(0, 2))('carry compressed bodies: %s', async (_name, protocol) => {
    const client = new CloudWatchClient({ ...settings(), protocol })
    const input = { Namespace: 'n', MetricData: Array.from({ length: 400 }, (_, index) => ({ MetricName: `metric-number-${index}`, Value: index })) }
    await client.send(new PutMetricDataCommand(input))
    expect(echo.seen.input).toEqual(input)
  })
})

describe('the query protocol', () => {
  it('writes XML that a strict parser takes, with characters left out that XML cannot carry', async () => {
    echo.reply = { MetricAlarms: [{ AlarmName: `a\u0000\u0001\ud800b\ufffe\r${ODD}]]>` }] }
    const client = new CloudWatchClient({ ...settings(), protocol: AwsQueryProtocol })
    const answer = await client.send(new DescribeAlarmsCommand({}))
    expect(answer.MetricAlarms?.[0]?.AlarmName).toBe(`ab\r${ODD}]]>`)
    const reply = echo.replies.at(-1)
    strictXml(String(reply?.body))
    expect(reply?.headers).toEqual({ 'content-type': 'text/xml', 'x-amzn-requestid': 'a-request' })
  })

  it('answers operations without output without a result', async () => {
    const client = new CloudWatchClient({ ...settings(), protocol: AwsQueryProtocol })
    await client.send(new PutMetricAlarmCommand({ AlarmName: 'a', EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold' }))
    expect(echo.replies.at(-1)?.body).toBe(
      '<PutMetricAlarmResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><ResponseMetadata><RequestId>a-request</RequestId></ResponseMetadata></PutMetricAlarmResponse>',
    )
  })

  it('writes errors as AWS does', async () => {
    echo.reply = new Fault('InvalidParameterValue', 'a<b')
    const client = new CloudWatchClient({ ...settings(), protocol: AwsQueryProtocol })
    await expect(client.send(new DescribeAlarmsCommand({}))).rejects.toThrow('a<b')
    expect(echo.replies.at(-1)?.body).toBe(
      '<ErrorResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><Error><Type>Sender</Type><Code>InvalidParameterValue</Code><Message>a&lt;b</Message></Error><RequestId>a-request</RequestId></ErrorResponse>',
    )
  })
})

describe('query-compatible errors', () => {
  it.each([
    ['JSON', AwsJson1_0Protocol],
    ['CBOR', AwsSmithyRpcV2CborProtocol],
  ])('%s names shape and query code', async (_name, protocol) => {
    echo.reply = new Fault('InvalidParameterValue', 'no', { shape: 'InvalidParameterValueException' })
    const client = new CloudWatchClient({ ...settings(), protocol })
    await expect(client.send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
    const reply = echo.replies.at(-1)
    expect(reply?.headers['x-amzn-query-error']).toBe('InvalidParameterValue;Sender')
    expect(Buffer.from(reply?.body ?? '').toString('latin1')).toContain('com.amazonaws.cloudwatch#InvalidParameterValueException')
  })
})

describe('SNS by query', () => {
  const client = () => new SNSClient(settings())

  it('carries maps with names of their own, and bytes', async () => {
    const input = {
      TopicArn: 'arn:aws:sns:eu-central-1:000000000000:t',
      Message: ODD,
      MessageAttributes: {
        text: { DataType: 'String', StringValue: ODD },
        bytes: { DataType: 'Binary', BinaryValue: Uint8Array.from([0, 255, 1, 254]) },
      },
    }
    echo.reply = { MessageId: 'm' }
    expect(await client().send(new PublishCommand(input))).toMatchObject({ MessageId: 'm' })
    expect(echo.seen.input).toEqual(input)
    const batch = { TopicArn: input.TopicArn, PublishBatchRequestEntries: [{ Id: '1', Message: 'a', MessageAttributes: input.MessageAttributes }] }
    await client().send(new PublishBatchCommand(batch))
    expect(echo.seen.input).toEqual(batch)
  })

  it('carries attribute maps both ways', async () => {
    const Attributes = { DisplayName: ODD, Policy: '{"a":[1]}' }
    echo.reply = { Attributes }
    await client().send(new CreateTopicCommand({ Name: 't', Attributes, Tags: [{ Key: 'k', Value: '' }] }))
    expect(echo.seen.input).toEqual({ Name: 't', Attributes, Tags: [{ Key: 'k', Value: '' }] })
    expect(await client().send(new GetTopicAttributesCommand({ TopicArn: 'x' }))).toMatchObject({ Attributes })
  })

  it('finds the error class by its code', async () => {
    echo.reply = new Fault('NotFound', 'Topic does not exist', { shape: 'NotFoundException', status: 404 })
    await expect(client().send(new GetTopicAttributesCommand({ TopicArn: 'x' }))).rejects.toBeInstanceOf(NotFoundException)
  })
})

describe('CloudWatch Logs by AWS JSON 1.1', () => {
  const client = () => new CloudWatchLogsClient(settings())

  it('round-trips', async () => {
    await client().send(new CreateLogGroupCommand({ logGroupName: 'g', tags: { a: 'b' } }))
    expect(echo.seen.input).toEqual({ logGroupName: 'g', tags: { a: 'b' } })
    expect(echo.replies.at(-1)?.headers['content-type']).toBe('application/x-amz-json-1.1')
    const input = { logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp: 1_700_000_000_123, message: ODD }] }
    await client().send(new PutLogEventsCommand(input))
    expect(echo.seen.input).toEqual(input)
    echo.reply = { events: [{ message: ODD, timestamp: 1_700_000_000_123 }], nextToken: 't' }
    expect(await client().send(new FilterLogEventsCommand({ logGroupName: 'g' }))).toMatchObject(echo.reply as object)
  })

  it('has no query code in its errors', async () => {
    echo.reply = new Fault('ResourceNotFoundException', 'The specified log group does not exist.')
    await expect(client().send(new FilterLogEventsCommand({ logGroupName: 'g' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    expect(echo.replies.at(-1)?.headers).not.toHaveProperty('x-amzn-query-error')
  })

  it('answers 400 where other protocols answer 403', async () => {
    echo.reply = new Fault('InvalidClientTokenId', 'The security token included in the request is invalid.', { shape: 'UnrecognizedClientException', status: 403 })
    await expect(client().send(new FilterLogEventsCommand({ logGroupName: 'g' })))
      .rejects.toMatchObject({ name: 'UnrecognizedClientException', $metadata: { httpStatusCode: 400 } })
  })
})

describe('X-Ray by REST-JSON', () => {
  it('round-trips, also behind a path prefix', async () => {
    for (const path of ['', '/xray/proxy']) {
      const client = new XRayClient(settings(path))
      await client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [ODD, '{}'] }))
      expect(echo.seen).toEqual({ name: 'PutTraceSegments', input: { TraceSegmentDocuments: [ODD, '{}'] } })
    }
    const client = new XRayClient(settings())
    const StartTime = new Date('2025-01-01T00:00:00.5Z')
    echo.reply = { TraceSummaries: [{ Id: '1-2', Duration: 0.25, HasError: true, Annotations: { k: [{ AnnotationValue: { NumberValue: 1.5 } }] } }] }
    const answer = await client.send(new GetTraceSummariesCommand({ StartTime, EndTime: StartTime, SamplingStrategy: { Name: 'FixedRate', Value: 0.5 } }))
    expect(answer).toMatchObject(echo.reply as object)
    expect(echo.seen.input).toEqual({ StartTime, EndTime: StartTime, SamplingStrategy: { Name: 'FixedRate', Value: 0.5 } })
  })

  it('writes the error type into a header', async () => {
    echo.reply = new Fault('InvalidRequestException', 'no')
    const error = await new XRayClient(settings()).send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: [] })).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InvalidRequestException)
    expect(error).toMatchObject({ message: 'no' })
    expect(echo.replies.at(-1)).toMatchObject({ headers: { 'x-amzn-errortype': 'InvalidRequestException' }, body: '{"Message":"no"}' })
  })
})
