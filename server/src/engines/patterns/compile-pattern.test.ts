import { describe, expect, test } from 'vitest'
import { compilePattern } from './compile-pattern.ts'
import { FilterPatternProblem } from './filter-pattern-problem.ts'
import { LogLine } from './log-line.ts'

const matches = (pattern: string, message: string): boolean => compilePattern(pattern).matches(new LogLine(message))
const matching = (pattern: string, messages: readonly string[]): readonly number[] =>
  messages.flatMap((message, index) => (matches(pattern, message) ? [index + 1] : []))
const extracted = (pattern: string, message: string): Record<string, string> | undefined => {
  const values = compilePattern(pattern).extract(new LogLine(message))
  return values === undefined ? undefined : Object.fromEntries(values)
}

describe('terms', () => {
  const lines = ['[ERROR 400] BAD REQUEST', '[ERROR 401] UNAUTHORIZED REQUEST', '[ERROR 419] MISSING ARGUMENTS', '[ERROR 420] INVALID ARGUMENTS']
  test.each<[string, readonly number[]]>([
    ['ERROR', [1, 2, 3, 4]],
    ['ERROR ARGUMENTS', [3, 4]],
    ['?ERROR ?ARGUMENTS', [1, 2, 3, 4]],
    ['?BAD ?MISSING', [1, 3]],
    ['ERROR -ARGUMENTS', [1, 2]],
    ['-ARGUMENTS', [1, 2]],
    ['- "ARGUMENTS"', [1, 2]],
    ['?ERROR ?ARGUMENTS REQUEST', [1, 2]],
    ['?BAD -REQUEST', [3, 4]],
    ['error', []],
    ['"BAD REQUEST"', [1]],
    ['"[ERROR 419]"', [3]],
    ['', [1, 2, 3, 4]],
    [' ', [1, 2, 3, 4]],
    ['" "', [1, 2, 3, 4]],
    ['""', [1, 2, 3, 4]],
    ['%AUTHORIZED%', [2]],
    ['%4[02]0% BAD', [1]],
    ['-%40\\d%', [3, 4]],
  ])('%s', (pattern, expected) => {
    expect(matching(pattern, lines)).toEqual(expected)
  })

  test.each([
    ['"INTERNAL SERVER ERROR"', '[ERROR 500] INTERNAL SERVER ERROR', true],
    ['%AUTHORIZED%', '[SUCCESS 200] AUTHORIZED REQUEST', true],
    ['ERROR', 'Exiting with ERRORCODE: -1', true],
    ['ERROR Exception', '[ERROR] Caught IllegalArgumentException', true],
    ['ERROR -Exiting', 'Exiting with ERRORCODE: -1', false],
    ['"a \\"b\\" \\\\ c"', 'a "b" \\ c', true],
    ['"C:\\temp"', 'C:\\temp', true],
    ['"é日"', 'xé日x', true],
  ])('%s on %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected)
  })
})

describe('regular expressions', () => {
  test.each([
    ['%^[hc]at%', ['hat trick', 'cat'], ['that', 'bat']],
    ['%[hc]at$%', ['a hat', 'cat'], ['hats']],
    ['%colou?r%', ['color', 'colour'], ['colouur']],
    ['%[abcx-z]%', ['y'], ['d']],
    ['%^a{3,5}$%', ['aaa', 'aaaaa'], ['aa', 'aaaaaa']],
    ['%^a{,2}$%', ['', 'aa'], ['aaa']],
    ['%^a{2,}$%', ['aa', 'aaaa'], ['a']],
    ['%gra|ey%', ['gray', 'grey'], ['gry']],
    ['%^starting|^initializing|^shutting down%', ['starting up', 'shutting down now'], ['skipping initializing']],
    ['%abcc|ab[^c]$%', ['abcc 1', 'aba'], ['aac']],
    ['%\\[.\\]%', ['[a]', '[]]', '[ ]'], ['[]', '[ab]']],
    ['%ab*c%', ['ac', 'abc', 'abbbc'], ['adc']],
    ['%ab+c%', ['abc', 'abbbc'], ['ac']],
    ['%^.at$%', ['hat', '4at', '#at', ' at', '\nat'], ['at']],
    ['%10\\.10\\.0\\.1%', ['ip 10.10.0.1'], ['10010,051']],
    ['%10.10.0.1%', ['10010,051'], []],
    ['%^\\d\\D\\s\\S\\w\\W$%', ['1a b_-'], ['aa b_-']],
    ['%\\x28%', ['('], [')']],
    ['%\\x3A%', [':'], [';']],
  ])('%s', (pattern, yes, no) => {
    for (const message of yes) expect(matches(pattern, message), message).toBe(true)
    for (const message of no) expect(matches(pattern, message), message).toBe(false)
  })
})

const ROOT_USE = '{$.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent"}'
const DENIED = '{($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")}'
const NO_MFA = '{($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes")}'

describe('JSON', () => {
  const trail =
    '{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another value"],' +
    '"objectList":[{"name":"a","id":1},{"name":"b","id":2}],"SomeObject":null,"cluster.name":"c","ThisFlag":true}'
  test.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{ $.eventType = "NoTrail" }', false],
    ['{$.eventType=UpdateTrail}', true],
    ['  { $.eventType = Update* }  ', true],
    ['{ $.sourceIPAddress != 123.123.* }', true],
    ['{ $.sourceIPAddress != 111.111.* }', false],
    ['{ $.arrayKey[0] = "value" }', true],
    ['{ $.arrayKey[1] = "value" }', false],
    ['{ $.eventType = %Trail% }', true],
    ['{ $.eventType != %Trail% }', false],
    ['{ $.arrayKey[*] = %val.{2}% }', true],
    ['{ $.arrayKey[*] = "another*" }', true],
    ['{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }', true],
    ['{ $.objectList[*].id = 2 }', true],
    ['{ $.objectList[*].id = 3 }', false],
    ['{ $.objectList[1].id = 2 }', true],
    ["{ $.['cluster.name'] = \"c\" }", true],
    ["{ $['cluster.name'] = \"c\" }", true],
    ['{ $.SomeObject IS NULL }', true],
    ['{ $.eventType IS NULL }', false],
    ['{ $.ThisFlag IS TRUE }', true],
    ['{ $.ThisFlag IS FALSE }', false],
    ['{ $.SomeOtherObject NOT EXISTS }', true],
    ['{ $.SomeObject NOT EXISTS }', false],
    ['{ $.objectList[2] NOT EXISTS }', true],
    ['{ $.arrayKey = "value" }', false],
    ['{ $.arrayKey != "value" }', false],
    ['{ $.missing = "value" }', false],
    ['{ $.missing != "value" }', false],
    ['{ $.eventType = * }', true],
    ['{ $.ThisFlag = "*" }', true],
    ['{ $.arrayKey = * }', false],
    ['{ $.missing = * }', false],
    ['{ $.ThisFlag[0] = "value" }', false],
    ['{ $.constructor = * }', false],
    ['{ $.eventType.length = * }', false],
  ])('%s', (pattern, expected) => {
    expect(matches(pattern, trail)).toBe(expected)
  })

  const compound =
    '{"user":{"id":1,"email":"John.Stiles@example.com"},"users":[{"id":2,"email":"John.Doe@example.com"},{"id":3,"email":"Jane.Doe@example.com"}],' +
    '"actions":["GET","PUT","DELETE"],"coordinates":[[0,1,2],[4,5,6],[7,8,9]]}'
  test.each([
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', true],
    ['{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }', true],
    ['{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }', false],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', false],
    ['{ $.coordinates[1][2] = 6 }', true],
  ])('%s', (pattern, expected) => {
    expect(matches(pattern, compound)).toBe(expected)
  })

  const numbers = '{"bandwidth":80,"errorCode":400,"number":[1000],"latency":-3.5,"text":"404","someInt":123,"someFloat2":12.0,"big":12345678901234567890}'
  test.each([
    ['{ $.bandwidth > 75 }', true],
    ['{ $.bandwidth > 80 }', false],
    ['{ $.bandwidth >= 80 }', true],
    ['{ $.bandwidth < 50 }', false],
    ['{ $.latency <= -3.5 }', true],
    ['{ $.latency > +1000 }', false],
    ['{ $.errorCode = 400}', true],
    ['{ $.errorCode != 500 }', true],
    ['{ $.errorCode != 400 }', false],
    ['{ $.number[0] = 1e+3 }', true],
    ['{ $.number[0] != 1e-3 }', true],
    ['{ $.errorCode = 4* }', true],
    ['{ $.errorCode = 5* }', false],
    ['{ $.errorCode = abc }', false],
    ['{ $.errorCode != abc }', true],
    // A text that looks like a number is equal as a text, and is no number to compare with.
    ['{ $.text = 404 }', true],
    ['{ $.text != 404 }', false],
    ['{ $.text > 100 }', false],
    // As real answers of TestMetricFilter were recorded: quoted is the text, unquoted the number.
    ['{ $.someInt = "123" }', true],
    ['{ $.someInt != "123.0" }', true],
    ['{ $.someInt = 123.0 }', true],
    ['{ $.someFloat2 = 12 }', true],
    ['{ $.someFloat2 != "12" }', true],
    ['{ $.someFloat2 = "12.0" }', true],
    ['{ $.someInt = "*23" }', true],
    ['{ $.big = "12345678901234567890" }', true],
    ['{ $.* = "*.0" }', true],
  ])('%s', (pattern, expected) => {
    expect(matches(pattern, numbers)).toBe(expected)
  })

  test.each([
    ['{ $.event_type = "AUTHENTICATION_FAILED" }', '{"event_type":"AUTHENTICATION_FAILED","user":"a"}', true],
    ['{ $.event_type = "AUTHENTICATION_FAILED" }', '{"event_type":"AUTHENTICATION\\u005fFAILED"}', true],
    ['{ $.event_type = "AUTHENTICATION_FAILED" }', 'event_type: AUTHENTICATION_FAILED', false],
    ['{ $.a = "x/y" }', '{"a":"x\\/y"}', true],
    ['{ $.a = "say \\"hi\\"" }', '{"a":"say \\"hi\\""}', true],
    ['{ $.a = "a*b" }', '{"a":"a---b"}', true],
    ['{ $.a = "a\\*b" }', '{"a":"a---b"}', false],
    ['{ $.a = "a\\*b" }', '{"a":"a*b"}', true],
    ['{ $.a NOT EXISTS }', 'no JSON', false],
    ['{ $.a NOT EXISTS }', '7', false],
    ['{ $.a NOT EXISTS }', '{} trailing', false],
    ['{ $.a NOT EXISTS }', ' {} ', true],
    ['{ $[0].a = 1 }', '[{"a":1}]', true],
    ['{ $.__proto__ NOT EXISTS }', '{"a":1}', true],
    ['{ $.a-b_c = 1 }', '{"a-b_c":1}', true],
    // What the user guide of CloudTrail watches for.
    [ROOT_USE, '{"userIdentity":{"type":"Root"},"eventType":"AwsApiCall"}', true],
    [ROOT_USE, '{"userIdentity":{"type":"Root","invokedBy":"support.amazonaws.com"},"eventType":"AwsApiCall"}', false],
    [ROOT_USE, '{"userIdentity":{"type":"Root"},"eventType":"AwsServiceEvent"}', false],
    [DENIED, '{"errorCode":"Client.UnauthorizedOperation"}', true],
    [DENIED, '{"errorCode":"AccessDeniedException"}', true],
    [DENIED, '{"errorCode":"ThrottlingException"}', false],
    [NO_MFA, '{"eventName":"ConsoleLogin","additionalEventData":{"MFAUsed":"No"}}', true],
    [NO_MFA, '{"eventName":"ConsoleLogin","additionalEventData":{"MFAUsed":"Yes"}}', false],
  ])('%s on %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected)
  })

  test('values of the selectors that the pattern names', () => {
    expect(extracted('{ $.eventType = * && $.objectList[1].id > 1 && $.x NOT EXISTS }', trail)).toEqual({
      '$.eventType': 'UpdateTrail',
      '$.objectList[1].id': '2',
    })
    expect(extracted('{ $.eventType = "x" }', trail)).toBeUndefined()
  })
})

describe('space-delimited', () => {
  const frank = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534'
  const prod = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534'

  test('every named field', () => {
    expect(extracted('[ip, identity, user_id, timestamp, request, status_code, size]', frank)).toEqual({
      $ip: '127.0.0.1',
      $identity: '-',
      $user_id: 'frank',
      $timestamp: '10/Oct/2000:13:25:15 -0700',
      $request: 'GET /apache_pb.gif HTTP/1.0',
      $status_code: '200',
      $size: '1534',
    })
  })

  const first = { $1: '127.0.0.1', $2: '-', $3: 'frank', $4: '10/Oct/2000:13:25:15 -0700' }
  test.each([
    ['[..., size]', { ...first, $5: 'GET /apache_pb.gif HTTP/1.0', $6: '200', $size: '1534' }],
    ['[]', { ...first, $5: 'GET /apache_pb.gif HTTP/1.0', $6: '200', $7: '1534' }],
    ['[..., request=*.gif*, status_code=2*,]', { ...first, $request: 'GET /apache_pb.gif HTTP/1.0', $status_code: '200', $7: '1534' }],
    ['[ip, ..., size]', { $ip: '127.0.0.1', $2: '-', $3: 'frank', $4: first.$4, $5: 'GET /apache_pb.gif HTTP/1.0', $6: '200', $size: '1534' }],
    ['[ip, rest]', { $ip: '127.0.0.1', $rest: '- frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534' }],
  ])('%s', (pattern, expected) => {
    expect(extracted(pattern, frank)).toEqual(expected)
  })

  test.each([
    ['[ip=%127\\.0\\.0\\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]', true],
    ['[ip, user, username, timestamp, request =*.html*, status_code = 404 || status_code = 410, bytes]', true],
    ['[ip, user, username, timestamp, request =*.html*, status_code = 403 || status_code = 410, bytes]', false],
    ['[ip, server, username, timestamp, request, status_code, bytes > 1000]', true],
    ['[ip, server, username, timestamp, request, status_code, bytes > 2000]', false],
    ['[ip, user, username, timestamp, request, status_code = 4* && status_code != 403, bytes]', true],
    ['[ip, user, username, timestamp, request, status_code = 4* && status_code != 404, bytes]', false],
    ['[ip, user, username, timestamp, request, status_code = 404.0, bytes]', true],
    ['[a, b, c, d, e, f, g, h]', false],
  ])('%s', (pattern, expected) => {
    expect(matches(pattern, prod)).toBe(expected)
  })

  const lines = [
    'INFO 09/25/2014 12:00:00 GET /service/resource/67 1200',
    'INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310',
    'WARNING 09/25/2014 12:00:02 Invalid user request',
    'ERROR 09/25/2014 12:00:02 Failed to process request',
  ]
  test.each<[string, readonly number[]]>([
    ['[w1=ERROR, w2]', [4]],
    ['[w1=ERROR || w1=WARNING, w2]', [3, 4]],
    ['[w1!=ERROR && w1!=WARNING, w2]', [1, 2]],
    ['[w1=ERROR || w1=%WARN%, w2]', [3, 4]],
    ['[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]', [1]],
    ['[logLevel, date, time, method, url=%/service/resource/[0-9]+/part/[0-9]+$%, response_time]', [2]],
    // A single slot takes the whole line: AWS asks for a blank one after it.
    ['[w1=ERROR]', []],
    ['[w1=ERROR*]', [4]],
    ['[..., level = ERROR*, ...]', [4]],
    ['[..., level = W* || level = ERR*, ...]', [3, 4]],
    ['[..., duration > 1250, ...]', [2]],
    ['[..., method = GET, url = */resource/*, ...]', [1]],
    ['[..., a = 09*, ..., b = request]', [3, 4]],
  ])('%s', (pattern, expected) => {
    expect(matching(pattern, lines)).toEqual(expected)
  })

  test.each([
    ['[..., level = ERROR*, ...]', '2026-11-21 ERROR: disk full', true],
    ['[..., level = ERROR*, ...]', '2026-11-21 INFO: disk full', false],
    ['[..., duration > 5000, ...]', 'REPORT RequestId: 7 Duration: 5001.5 ms', true],
    ['[..., duration > 5000, ...]', 'REPORT RequestId: 7 Duration: 4999 ms', false],
    ['[a, b, c]', '[open "quote x', true],
    ['[a, b]', '[2026][INFO]', true],
    ['[a, b = "x y"]', '1 "x y"', true],
  ])('%s on %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected)
  })
})

test.each([
  ['{ $.latency = * }', '$.latency', '{"latency":12.50}', '12.50'],
  ['{ $.latency = * }', '$.user.name', '{"latency":1,"user":{"name":"x"}}', 'x'],
  ['{ $.latency = * }', '$.user', '{"latency":1,"user":{"name":"x"}}', undefined],
  ['[ip, size]', '$size', '1 2', '2'],
  ['[ip, , size]', '$2', '1 2 3', '2'],
])('%s gives %s', (pattern, selector, message, expected) => {
  expect(compilePattern(pattern).selector(selector)!(new LogLine(message))).toBe(expected)
})

test.each([
  ['ERROR', '$.x'],
  ['{ $.a = 1 }', '$name'],
  ['{ $.a = 1 }', '$.a[*]'],
  ['{ $.a = 1 }', '$.a b'],
  ['{ $.a = 1 }', 'a'],
  ['[ip, size]', '$other'],
  ['[ip, size]', 'size'],
])('%s has nothing for %s', (pattern, selector) => {
  expect(compilePattern(pattern).selector(selector)).toBeUndefined()
})

const problem = (pattern: string): FilterPatternProblem => {
  try {
    compilePattern(pattern)
  } catch (error) {
    if (error instanceof FilterPatternProblem) return error
    throw error
  }
  throw new Error(`${pattern} was taken`)
}

describe('problems', () => {
  test.each([
    ['%something!%', '%something!'],
    ['%(a)%', '%('],
    ['%é%', '%é'],
    ['%\\b%', '%\\b'],
    ['(', '('],
    ['Status: timeout', ':'],
    ['?Status: timeout', ':'],
    ['ERROR*', '*'],
    ['request-id', '-'],
    ['"open', '"open'],
    ['%open', '%open'],
    ['`x`', '`'],
    ['{ $."sc-status" = 5* }', '$."'],
    ['{ $.a > "text" }', '"text"'],
    ['{ $.a >= text }', 'text'],
    ['{ $.a < %x% }', '%x%'],
    ['{ $.a = é }', 'é'],
    ['[w1=!ERROR, w2]', '!'],
    ['[a.b = 1]', 'a.'],
    ['[a > x]', 'x'],
  ])('a character in %s', (pattern, term) => {
    expect(problem(pattern).message).toBe(`Invalid character(s) in term '${term}'`)
    expect(problem(pattern).metricFilterMessage).toBe(`Invalid character(s) in term '${term}'`)
  })

  test.each([
    ['{}', "unexpected '}'", 1],
    ['{ $.a }', "unexpected '}'", 6],
    ['{ $.a = }', "unexpected '}'", 8],
    ['{ $.a = 1', 'it ends too early', 9],
    ['{ $.a = 1 } x', "unexpected 'x'", 12],
    ['{ $.a IS NOT NULL }', "unexpected 'NOT'", 9],
    ['{ $.a EXISTS }', "unexpected 'EXISTS'", 6],
    ['{ $.a = 1 && }', "unexpected '}'", 13],
    ['{ a = 1 }', "unexpected 'a'", 2],
    ['{ ($.a = 1 }', "unexpected '}'", 11],
    ['{ $.*[*] = 1 }', 'more than one wildcard in a selector', 2],
    ['{ $.a.* = 1 || $.b[*] = 1 || $.* = 1 || $.c[*] = 2 }', 'more than 3 selectors with wildcards', 40],
    ['%a% %b% %c%', 'more than 2 regular expressions', 8],
    ['{ $.a = %x% || $.a = %y% || $.a = %z% }', 'more than 2 regular expressions', 34],
    ['[a b]', "unexpected 'b'", 3],
    ['[a = 4* && b > 1000]', "'b' stands in the place of 'a'", 11],
    ['ERROR -', 'it ends too early', 7],
    ['-?x', "unexpected '?'", 1],
    [`{${'('.repeat(200)}`, 'Too deeply nested', 102],
    ['x'.repeat(1025), 'longer than 1024 characters', 1024],
  ])('the shape of %s', (pattern, reason, at) => {
    expect(problem(pattern).message).toBe(`Invalid filter pattern: ${reason}`)
    expect(problem(pattern).metricFilterMessage).toBe(`Invalid metric filter pattern: ${reason}`)
    expect(problem(pattern).at).toBe(at)
  })

  test.each(['[a', '[a] b', ' [', "[a = ']' "])('a bracket that is not closed at the end: %s', pattern => {
    const says = "If a filter pattern starts with '[' it must end with ']'"
    expect(problem(pattern)).toMatchObject({ message: says, metricFilterMessage: says, at: pattern.length })
  })

  test('a regular expression that is none', () => {
    expect(problem('%a[%').message).toMatch(/^Invalid filter pattern: .*missing/)
    expect(problem('%a{2000}%').message).toMatch(/^Invalid filter pattern: .*invalid repeat/)
  })
})
