import { describe, expect, test } from 'vitest'
import { GROK_PATTERNS } from './grok-patterns.ts'
import { grok } from './grok.ts'

const found = (match: string, message: string, source?: string, fields: Record<string, unknown> = {}): unknown => {
  const done = grok({ match, source })(fields, { message, logGroup: 'g', logStream: 's', account: '1', region: 'r' })
  return done === false ? undefined : fields
}

test.each<[match: string, message: string, fields: unknown]>([
  ['%{NUMBER:version} %{HOSTNAME:hostname} %{NOTSPACE:status} %{QUOTEDSTRING:logMsg}', '293750 server-01.internal-network.local OK "[Thread-000] token generated"', {
    version: '293750', hostname: 'server-01.internal-network.local', status: 'OK', logMsg: '"[Thread-000] token generated"',
  }],
  ['%{TIMESTAMP_ISO8601:timestamp} %{LOGLEVEL:level} %{GREEDYDATA:rest}', '2026-01-01T10:00:00,123+01:00 ERROR disk full', { timestamp: '2026-01-01T10:00:00,123+01:00', level: 'ERROR', rest: 'disk full' }],
  ['%{WORD:request.method} %{URIPATHPARAM:request.path} took %{NUMBER:took:float}ms %{INT:status:integer} %{WORD:cached:boolean}', 'GET /a/b?c=d took 1.5ms 200 true', {
    request: { method: 'GET', path: '/a/b?c=d' }, took: 1.5, status: 200, cached: true,
  }],
  ['user=(?:%{EMAILADDRESS:mail}|%{USER:user}) from %{IP:ip}', 'login user=a.b@example.com from 2001:db8::1 ok', { mail: 'a.b@example.com', ip: '2001:db8::1' }],
  ['user=(?:%{EMAILADDRESS:mail}|%{USER:user}) from %{IP:ip}', 'user=root from 10.1.2.3', { user: 'root', ip: '10.1.2.3' }],
  ['%{WORD:a}', '---', undefined],
  ['%{DATA:a}:%{GREEDYDATA_MULTILINE:b}', 'x:y\nz', { a: 'x', b: 'y\nz' }],
  ['%{COMMONAPACHELOG}', '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534', {
    clientip: '127.0.0.1', ident: '-', auth: 'frank', timestamp: '10/Oct/2000:13:25:15 -0700', verb: 'GET', request: '/apache_pb.gif', httpversion: '1.0', response: '200', bytes: '1534',
  }],
  ['%{COMBINEDAPACHELOG}', '::1 - - [10/Oct/2000:13:25:15 -0700] "\\x16\\x03" 400 - "-" "curl/8"', {
    clientip: '::1', ident: '-', auth: '-', timestamp: '10/Oct/2000:13:25:15 -0700', rawrequest: '\\x16\\x03', response: '400', referrer: '"-"', agent: '"curl/8"',
  }],
  ['%{NGINX_ACCESS_LOG}', '10.0.0.1 - - [10/Oct/2000:13:25:15 +0000] "GET / HTTP/1.1" 304 0 "-" "Mozilla/5.0"', {
    remote_addr: '10.0.0.1', time_local: '10/Oct/2000:13:25:15 +0000', request: 'GET / HTTP/1.1', status: '304', bytes_sent: '0', http_referer: '-', http_user_agent: 'Mozilla/5.0',
  }],
  ['%{SYSLOG5424}', '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [a@1 k="v \\"]"][b] An event', {
    pri: '165', version: '1', timestamp: '2003-10-11T22:14:15.003Z', hostname: 'mymachine.example.com', app: 'evntslog', msgid: 'ID47', structured_data: '[a@1 k="v \\"]"][b]', message: 'An event',
  }],
  ['%{SYSLOGBASE} %{GREEDYDATA:text}', 'Mar  7 00:02:59 host-1 sshd[123]: Accepted publickey', { timestamp: 'Mar  7 00:02:59', logsource: 'host-1', program: 'sshd', pid: '123', text: 'Accepted publickey' }],
  ['%{HTTPD_ERRORLOG}', '[Wed Oct 11 14:32:52 2000] [error] [client 127.0.0.1] denied', { timestamp: 'Wed Oct 11 14:32:52 2000', loglevel: 'error', clientip: '127.0.0.1', errormsg: 'denied' }],
])('%s', (match, message, fields) => {
  expect(found(match, message)).toEqual(fields)
})

test('a field of the event is read, and written over', () => {
  expect(found('%{INT:n:integer} %{WORD:unit}', '', 'took', { took: '12 ms', unit: 'none' })).toEqual({ took: '12 ms', n: 12, unit: 'ms' })
  expect(found('%{INT:n}', '', 'missing')).toBeUndefined()
})

describe('each pattern', () => {
  const SAMPLES: Readonly<Record<string, string>> = {
    USERNAME: 'a.b-c', USER: 'bob', EMAILLOCALPART: 'a+b', EMAILADDRESS: 'a@b.org', WORD: 'word', NOTSPACE: 'a!b', SPACE: '  ', DATA: '', GREEDYDATA: 'all of it', GREEDYDATA_MULTILINE: 'a\nb',
    QUOTEDSTRING: '"a \\" b"', QS: '\'x\'', UUID: '4bf92f35-77b3-4da6-a3ce-929d0e0e4736', URN: 'urn:isbn:0451450523', BOOLEAN: 'True', LOGLEVEL: 'WARNING',
    INT: '-12', BASE10NUM: '1.50', NUMBER: '.5', BASE16NUM: '0xFF', BASE16FLOAT: '0x1.8', POSINT: '7', NONNEGINT: '0',
    CISCOMAC: '0011.2233.aabb', WINDOWSMAC: '00-11-22-33-AA-BB', COMMONMAC: '00:11:22:33:aa:bb', MAC: '00:11:22:33:aa:bb', IPV4: '192.168.0.255', IPV6: 'fe80::1%eth0', IP: '::ffff:10.0.0.1',
    HOSTNAME: 'a-1.example.com', HOST: 'localhost', IPORHOST: 'example.com', HOSTPORT: 'example.com:80', UNIXPATH: '/var/log/x.log', WINPATH: 'C:\\Logs\\a.txt', PATH: '/tmp', TTY: '/dev/pts/3',
    URIPROTO: 'https', URIHOST: 'example.com:8080', URIPATH: '/a/b', URIPARAM: '?a=b&c', URIPATHPARAM: '/a?b', URI: 'https://bob:x@example.com:8080/a?b=c',
    MONTH: 'September', MONTHNUM: '9', MONTHNUM2: '09', MONTHDAY: '31', DAY: 'Tue', YEAR: '2026', HOUR: '23', MINUTE: '59', SECOND: '59.999', TIME: '23:59:60', DATE_US: '12/31/2026', DATE_EU: '31.12.2026',
    DATE: '31-12-26', ISO8601_TIMEZONE: '+05:30', ISO8601_SECOND: '00', TIMESTAMP_ISO8601: '2026-01-01 10:00:00.5', DATESTAMP: '12/31/2026 10:00:00', TZ: 'PDT', DATESTAMP_RFC822: 'Mon Jan 12 2026 10:00:00 UTC',
    DATESTAMP_RFC2822: 'Mon, 12 Jan 2026 10:00:00 +0100', DATESTAMP_OTHER: 'Mon Jan 12 10:00:00 UTC 2026', DATESTAMP_EVENTLOG: '20260112100000', HTTPDATE: '10/Oct/2000:13:25:15 -0700', SYSLOGTIMESTAMP: 'Mar  7 00:02:59',
    PROG: 'sshd', SYSLOGPROG: 'sshd[1]', SYSLOGHOST: 'host', SYSLOGFACILITY: '<1.2>', SYSLOG5424SD: '[a]', HTTPDUSER: '-', HTTPDERROR_DATE: 'Wed Oct 11 14:32:52 2000',
    SYSLOGBASE: 'Mar  7 00:02:59 h p:', SYSLOG5424: '<1>1 - - - - - -', COMMONAPACHELOG: '1.2.3.4 - - [10/Oct/2000:13:25:15 -0700] "GET /" 200 -', HTTPD_COMMONLOG: '1.2.3.4 - - [10/Oct/2000:13:25:15 -0700] "GET /" 200 -',
    COMBINEDAPACHELOG: '1.2.3.4 - - [10/Oct/2000:13:25:15 -0700] "GET /" 200 - "" ""', HTTPD_COMBINEDLOG: '1.2.3.4 - - [10/Oct/2000:13:25:15 -0700] "GET /" 200 - "" ""',
    HTTPD20_ERRORLOG: '[Wed Oct 11 14:32:52 2000] [error] x', HTTPD24_ERRORLOG: '[Wed Oct 11 14:32:52.5 2000] [core:error] [pid 1:tid 2] [client 1.2.3.4:5] AH1: x', HTTPD_ERRORLOG: '[Wed Oct 11 14:32:52 2000] [error] x',
    NGINX_ACCESS_LOG: '1.2.3.4 - bob [10/Oct/2000:13:25:15 +0000] "" 200 1 "" ""', NGINX_ERROR_LOG: '2026/01/12 10:00:00 [error] 12#0: *5 open() failed',
  }

  test.each([...GROK_PATTERNS.keys()])('%s matches what it is made for as a whole', name => {
    const sample = SAMPLES[name]!
    expect(found(`^%{${name}:it}$`, sample)).toMatchObject({ it: sample })
  })
})

test('no pattern takes long on what it nearly matches', () => {
  const long = `${'a.b-c/'.repeat(2000)}!`
  const begin = process.cpuUsage()
  for (const name of ['COMBINEDAPACHELOG', 'URI', 'IPV6', 'HTTPD_ERRORLOG', 'SYSLOG5424', 'QUOTEDSTRING', 'EMAILADDRESS', 'UNIXPATH']) found(`^%{${name}} %{${name}}$`, long)
  expect(process.cpuUsage(begin).user).toBeLessThan(3_000_000)
})
