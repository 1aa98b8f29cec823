import { expect, test } from 'vitest'
import { readDrop, time } from './log-formats.test-support.ts'

const L1 =
  'http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"'
const L2 =
  'http 2018-11-30T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.001 0.000 502 - 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 0 2018-11-30T22:22:48.364000Z "forward" "-" "LambdaInvalidResponse" "-" "-" "-" "-"'
const L3 = '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK'
const L4 = '2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA'
const L5 = '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326 "http://e.com/s" "Mozilla/4.08"'

const one = (line: string) => {
  const { format, events } = readDrop(`${line}\n`)
  expect(events).toHaveLength(1)
  const event = events[0]!
  if (event.fields !== undefined) expect(JSON.parse(event.message)).toEqual(event.fields)
  return { format, at: event.timestamp, fields: event.fields }
}

test('L1: a line of a load balancer', () => {
  expect(one(L1)).toEqual({
    format: 'alb',
    at: time('2018-07-02T22:23:00.186Z'),
    fields: {
      type: 'http', time: '2018-07-02T22:23:00.186641Z', elb: 'app/my-loadbalancer/50dc6c495c0c9188', client_ip: '192.168.131.39', client_port: 2817,
      target_ip: '10.0.0.1', target_port: 80, request_processing_time: 0, target_processing_time: 0.001, response_processing_time: 0, duration: 0.001,
      elb_status_code: 200, target_status_code: 200, received_bytes: 34, sent_bytes: 366, request_verb: 'GET', request_url: 'http://www.example.com:80/',
      request_proto: 'HTTP/1.1', user_agent: 'curl/7.46.0', target_group_arn: 'arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067',
      trace_id: 'Root=1-58337262-36d228ad5d99923122bbe354', matched_rule_priority: 0, request_creation_time: '2018-07-02T22:22:48.364000Z',
      actions_executed: 'forward', target_port_list: '10.0.0.1:80', target_status_code_list: '200',
    },
  })
})

test('L2: a function that answered nonsense', () => {
  const { format, fields } = one(L2)
  expect(format).toBe('alb')
  expect(fields).toMatchObject({ elb_status_code: 502, error_reason: 'LambdaInvalidResponse' })
  expect(fields).not.toHaveProperty('target_ip')
  expect(fields).not.toHaveProperty('target_status_code')
})

test.each(['http', 'https', 'h2', 'grpcs', 'ws', 'wss'])('type %s; what newer balancers append; -1 says that there was no time', type => {
  const line = `${L1.replace('http ', `${type} `).replace('0.001', '-1')} TID_abc "new.e.com" "/b?q=1" "TransformSucceeded" one "more day"`
  const { format, fields } = one(line)
  expect(format).toBe('alb')
  expect(fields).toMatchObject({ type, target_processing_time: -1, conn_trace_id: 'TID_abc', more: 'one more day' })
  expect(fields).toMatchObject({ transformed_host: 'new.e.com', transformed_uri: '/b?q=1', request_transform_status: 'TransformSucceeded' })
  expect(fields).not.toHaveProperty('duration')
})

test('a quote in a request, an address of IPv6, a URL with blanks', () => {
  const line = L1.replace('192.168.131.39:2817', '[2001:db8::1]:443').replace('GET http://www.example.com:80/', 'GET http://e.com/?q=\\x22a b\\x22')
  expect(one(line).fields).toMatchObject({ client_ip: '[2001:db8::1]', client_port: 443, request_url: 'http://e.com/?q="a b"', request_verb: 'GET' })
})

test.each([
  ['- - - ', undefined],
  ['- - -', undefined],
  ['- http://www.example.com:80- -', 'http://www.example.com:80'],
])('what a balancer writes of a request that it could not read: %j', (request, url) => {
  const { fields } = one(L1.replace('GET http://www.example.com:80/ HTTP/1.1', request))
  expect([fields!['request_verb'], fields!['request_url'], fields!['request_proto']]).toEqual([undefined, url, undefined])
})

test('L3: accepted traffic', () => {
  const { format, at, fields } = one(L3)
  expect({ format, at }).toEqual({ format: 'vpc-flow', at: 1418530010000 })
  expect(fields).toEqual({
    version: 2, accountId: '123456789010', interfaceId: 'eni-1235b8ca123456789', srcAddr: '172.31.16.139', dstAddr: '172.31.16.21', srcPort: 20641,
    dstPort: 22, protocol: 6, packets: 20, bytes: 4249, startTime: 1418530010, endTime: 1418530070, action: 'ACCEPT', logStatus: 'OK',
  })
  expect(Number(fields!['endTime']) - Number(fields!['startTime'])).toBe(60)
})

test('L4: no traffic', () => {
  expect(one(L4)).toEqual({
    format: 'vpc-flow',
    at: 1431280876000,
    fields: { version: 2, accountId: '123456789010', interfaceId: 'eni-1235b8ca123456789', startTime: 1431280876, endTime: 1431280934, logStatus: 'NODATA' },
  })
})

test('the first line of a flow log names its columns', () => {
  const { format, events } = readDrop(
    'version vpc-id pkt-srcaddr tcp-flags flow-direction start log-status\n5 vpc-1 10.0.0.9 18 ingress 1418530010 OK\n',
  )
  expect(format).toBe('vpc-flow')
  expect(events.map(({ timestamp, fields }) => ({ timestamp, fields }))).toEqual([
    {
      timestamp: 1418530010000,
      fields: { version: 5, vpcId: 'vpc-1', pktSrcAddr: '10.0.0.9', tcpFlags: 18, flowDirection: 'ingress', startTime: 1418530010, logStatus: 'OK' },
    },
  ])
  // None of these is of version 2; what is unknown in all of its places is not read as names.
  const later = readDrop('instance-id pkt-srcaddr traffic-path reject-reason encryption-status\r\ni-1 2001:db8::1 8 BPA 1\r\n- - - - -\r\n')
  expect(later).toMatchObject({
    format: 'vpc-flow', events: [{ fields: { instanceId: 'i-1', pktSrcAddr: '2001:db8::1', trafficPath: 8, rejectReason: 'BPA', encryptionStatus: 1 } }, { fields: {} }],
  })
  expect(readDrop('not the names\nof any columns\n').format).toBe('text')
  const withDefault = readDrop(`version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n${L3}\n${L4}\n`)
  expect(withDefault.events.map(event => event.fields!['logStatus'])).toEqual(['OK', 'NODATA'])
})

test('L5: combined', () => {
  expect(one(L5)).toEqual({
    format: 'combined',
    at: time('2000-10-10T20:55:36Z'),
    fields: {
      remote_addr: '127.0.0.1', remote_user: 'frank', time_local: '10/Oct/2000:13:55:36 -0700', request: 'GET /a.gif HTTP/1.0', request_method: 'GET',
      request_uri: '/a.gif', server_protocol: 'HTTP/1.0', status: 200, body_bytes_sent: 2326, http_referer: 'http://e.com/s', http_user_agent: 'Mozilla/4.08',
    },
  })
})

test.each<[string, string, object]>([
  ['common', '', { status: 200 }],
  ['with the request time', ' "-" "curl" 0.005', { request_time: 0.005 }],
  ['with both times', ' "-" "curl" 0.005 0.004', { request_time: 0.005, upstream_response_time: 0.004 }],
  ['with several upstreams', ' "-" "curl" 0.005 0.001, 0.002', { request_time: 0.005, upstream_response_time: '0.001, 0.002' }],
  ['without upstream', ' "-" "curl" 0.005 -', { request_time: 0.005 }],
  ['forwarded', ' "-" "curl" "10.0.0.1, 10.0.0.2" 0.1', { http_x_forwarded_for: '10.0.0.1, 10.0.0.2', request_time: 0.1 }],
  ['not forwarded', ' "-" "curl" "-" 0.1 0.2', { request_time: 0.1, upstream_response_time: 0.2 }],
  ['with bytes and quotes escaped', ' "-" "a\\x22b\\xC3\\xA9 \\"c\\""', { http_user_agent: 'a"bé "c"' }],
])('nginx and Apache %s', (_name, rest, expected) => {
  const { format, fields } = one(`10.1.2.3 - - [31/Jan/2024:10:00:00 +0000] "GET /x HTTP/2.0" 200 -${rest}`)
  expect(format).toBe('combined')
  expect(fields).toMatchObject(expected)
  expect(fields).not.toHaveProperty('body_bytes_sent')
})

test('a virtual host in front, as Debian has it', () => {
  expect(one(`shop.e.com:443 ${L5}`)).toMatchObject({ format: 'combined', at: time('2000-10-10T20:55:36Z'), fields: { server_name: 'shop.e.com', server_port: 443, remote_addr: '127.0.0.1', status: 200 } })
  expect(one(`shop ${L5.replace('127.0.0.1', '::1')}`).fields).toMatchObject({ server_name: 'shop', remote_addr: '::1' })
})

test('a request that is no HTTP, and a line that is cut', () => {
  const { format, events } = readDrop(`${L5}\n10.1.2.3 - - [31/Jan/2024:10:00:00 +0000] "\\x16\\x03\\x01" 400 150 "-" "-"\n10.1.2.3 - - [31/Jan/2024:10:00:00 +0000] "GET /`)
  expect(format).toBe('combined')
  expect(events).toHaveLength(3)
  expect(events[1]!.fields).toMatchObject({ status: 400, request: '\x16\x03\x01' })
  expect(events[2]).toEqual({ timestamp: time('2024-01-31T10:00:00Z'), message: '10.1.2.3 - - [31/Jan/2024:10:00:00 +0000] "GET /' })
})

test('error log of nginx', () => {
  const line =
    '2024/01/31 10:00:00 [error] 1234#0: *5 connect() failed (111: Connection refused), client: 1.2.3.4, server: x, request: "GET / HTTP/1.1", upstream: "http://10.0.0.1:80/", host: "e.com"'
  expect(one(line)).toEqual({
    format: 'nginx-error',
    at: time('2024-01-31T10:00:00Z'),
    fields: {
      level: 'error', pid: 1234, tid: 0, connection: 5, message: 'connect() failed (111: Connection refused)', client: '1.2.3.4', server: 'x',
      request: 'GET / HTTP/1.1', upstream: 'http://10.0.0.1:80/', host: 'e.com',
    },
  })
  expect(one('2024/01/31 10:00:00 [notice] 1#1: start worker process 29').fields).toEqual({ level: 'notice', pid: 1, tid: 1, message: 'start worker process 29' })
})

test('error log of Apache', () => {
  expect(one('[Wed Oct 11 14:32:52.123456 2023] [core:error] [pid 1234:tid 5678] [client 10.0.0.1:40000] AH00124: Request exceeded the limit')).toEqual({
    format: 'apache-error',
    at: time('2023-10-11T14:32:52.123Z'),
    fields: { module: 'core', level: 'error', pid: 1234, tid: '5678', client: '10.0.0.1:40000', message: 'AH00124: Request exceeded the limit' },
  })
})
