import { describe, expect, test } from 'vitest'
import { Fault } from '../fault.ts'
import type { Protocol, WireReply } from '../protocol.ts'
import { publishedSchemas } from '../published-schemas.ts'
import { recogniser } from '../recognise.ts'
import { operationSchema } from '../schema.ts'
import type { WireService } from '../service.ts'
import { awsQueryInJson } from './aws-query.ts'

const service = (client: Parameters<typeof publishedSchemas>[0], queryVersion: string, names: readonly string[]): WireService => ({
  signingNames: [client],
  targetPrefix: undefined,
  queryVersion,
  xmlNamespace: undefined,
  queryCompatible: false,
  schemas: publishedSchemas(client),
  operations: names.map(name => ({ name })),
})
const sns = service('client-sns', '2010-03-31', ['Publish', 'DeleteTopic', 'GetTopicAttributes', 'ListTopics'])
const iam = service('client-iam', '2010-05-08', ['GetUser'])

const answered = (name: string, output: unknown, of = sns): WireReply => {
  const operation = operationSchema(of.schemas, name)!
  return awsQueryInJson.encode(output, operation, { requestId: 'r1', service: of, operation })
}
const refused = (fault: Fault): WireReply => awsQueryInJson.encodeFault(fault, { requestId: 'r1', service: sns, operation: undefined })

describe('an answer in JSON', () => {
  test('has the members in the order of the alphabet, with null for those that are absent', () => {
    expect(answered('Publish', { MessageId: 'm1' })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'r1' },
      body: '{"PublishResponse":{"PublishResult":{"MessageId":"m1","SequenceNumber":null},"ResponseMetadata":{"RequestId":"r1"}}}',
    })
    expect(answered('ListTopics', { Topics: [{ TopicArn: 'a' }, { TopicArn: 'b"' }] }).body).toBe(
      String.raw`{"ListTopicsResponse":{"ListTopicsResult":{"NextToken":null,"Topics":[{"TopicArn":"a"},{"TopicArn":"b\""}]},"ResponseMetadata":{"RequestId":"r1"}}}`,
    )
  })

  test('has maps as objects, times as seconds, and no result where the operation has none', () => {
    expect(answered('GetTopicAttributes', { Attributes: { DisplayName: '', Owner: '1' } }).body).toContain('"GetTopicAttributesResult":{"Attributes":{"DisplayName":"","Owner":"1"}}')
    const user = { UserName: 'ann', UserId: 'A', Path: '/', Arn: 'arn', CreateDate: new Date('2026-01-02T03:04:05Z') }
    expect(answered('GetUser', { User: user }, iam).body).toContain('"User":{"Arn":"arn","CreateDate":1767323045,"PasswordLastUsed":null,"Path":"/","PermissionsBoundary":null,')
    expect(answered('DeleteTopic', undefined).body).toBe('{"DeleteTopicResponse":{"ResponseMetadata":{"RequestId":"r1"}}}')
  })

  test('has errors by code, text and side', () => {
    expect(refused(new Fault('NotFound', 'Topic does not exist', { shape: 'NotFoundException', status: 404 }))).toEqual({
      status: 404,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'r1' },
      body: '{"Error":{"Code":"NotFound","Message":"Topic does not exist","Type":"Sender"},"RequestId":"r1"}',
    })
    expect(refused(new Fault('ResourceNotFound', '', { status: 404 })).body).toBe('{"Error":{"Code":"ResourceNotFound","Type":"Sender"},"RequestId":"r1"}')
  })
})

test.each<[accept: string | undefined, type: string]>([
  [undefined, 'text/xml'],
  ['*/*', 'text/xml'],
  ['text/html,application/xhtml+xml,application/json', 'text/xml'],
  ['application/jsonlines', 'text/xml'],
  ['application/json', 'application/json'],
  ['Application/JSON; charset=utf-8', 'application/json'],
  ['application/json, text/plain, */*', 'application/json'],
])('who accepts %s is answered in %s, whether or not there is such an operation', (accept, type) => {
  const recognise = recogniser([sns])
  for (const action of ['ListTopics', 'Nonsense']) {
    const query = `Action=${action}&Version=2010-03-31`
    const found = recognise({ method: 'GET', path: '/', query, headers: { accept }, body: new Uint8Array(0) }) as { readonly protocol: Protocol }
    const reply = found.protocol.encodeFault(new Fault('Any', 'text'), { requestId: 'r', service: sns, operation: undefined })
    expect(reply.headers['content-type']).toBe(type)
  }
})
