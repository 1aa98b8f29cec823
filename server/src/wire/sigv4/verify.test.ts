import { describe, expect, it } from 'vitest'
import { epochMillis } from '../../base/time.ts'
import type { WireRequest } from '../protocol.ts'
import { SignatureVerifier, type SigningSecret } from './verify.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const SCOPE = '20150830/us-east-1/service/aws4_request'
const AT = epochMillis(Date.parse('2015-08-30T12:36:00Z'))

interface Given {
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signed?: string
}

const request = ({ method = 'GET', path = '/', query = '', headers = {}, body = '' }: Given, authorization?: string): WireRequest => ({
  method,
  path,
  query,
  headers: {
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    ...(authorization === undefined ? {} : { authorization }),
    ...headers,
  },
  body: Buffer.from(body),
})

const authorization = (signature: string, { signed = 'host;x-amz-date' }: Given = {}): string =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${SCOPE}, SignedHeaders=${signed}, Signature=${signature}`

const keys: Readonly<Record<string, SigningSecret>> = {
  AKIDEXAMPLE: { secret: SECRET, status: 'Active', temporary: undefined },
  AKIDOFF: { secret: SECRET, status: 'Inactive', temporary: undefined },
}

const verify = (given: WireRequest, now = AT, signingNames?: readonly string[]) =>
  new SignatureVerifier().verify({ request: given, body: given.body, now, signingNames, lookup: id => keys[id] })

const VANILLA = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'

// AWS's published Signature Version 4 test suite: credentials, date, scope and signatures are the suite's.
describe('the published vectors', () => {
  it.each<[string, Given, string]>([
    ['get-vanilla', {}, VANILLA],
    ['get-vanilla-query', { query: '' }, VANILLA],
    ['get-vanilla-query-order-key-case', { query: 'Param2=value2&Param1=value1' }, 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
    ['get-vanilla-empty-query-key', { query: 'Param1=value1' }, 'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb'],
    ['get-vanilla-query-order-value', { query: 'Param1=value2&Param1=value1' }, '5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694'],
    ['get-utf8', { path: '/\u1234' }, '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
    ['get-space', { path: '/example space/' }, '652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741'],
    [
      'get-unreserved',
      { path: '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' },
      '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
    ],
    ['get-relative', { path: '/example/..' }, VANILLA],
    ['get-slash', { path: '//' }, VANILLA],
    ['get-slash-dot-slash', { path: '/./' }, VANILLA],
    [
      'get-header-value-trim',
      { headers: { 'my-header1': ' value1', 'my-header2': ' "a   b   c"' }, signed: 'host;my-header1;my-header2;x-amz-date' },
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    ['post-vanilla-query', { method: 'POST', query: 'Param1=value1' }, '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11'],
    [
      'post-x-www-form-urlencoded',
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Param1=value1',
        signed: 'content-type;host;x-amz-date',
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('%s', async (_name, given, signature) => {
    await expect(verify(request(given, authorization(signature, given)))).resolves.toMatchObject({
      accessKeyId: 'AKIDEXAMPLE',
      region: 'us-east-1',
      service: 'service',
    })
    const changed = { ...given, body: `${given.body ?? ''} ` }
    await expect(verify(request(changed, authorization(signature, given)))).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })
})

describe('refusals', () => {
  const good = authorization(VANILLA)

  it.each<[string, WireRequest, object]>([
    ['nothing signed', request({}), { code: 'MissingAuthenticationToken', shape: 'MissingAuthenticationTokenException', status: 403 }],
    ['an empty header', request({}, ''), { code: 'IncompleteSignature', status: 400 }],
    [
      'another scheme',
      request({}, 'Bearer abc'),
      { message: "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=Bearer" },
    ],
    ['an older version', request({}, 'AWS3-HTTPS Credential=a'), { message: "Unsupported AWS 'algorithm': 'AWS3-HTTPS'." }],
    [
      'a space in the key',
      request({}, good.replace('Credential=', 'Credential= ')),
      { code: 'IncompleteSignature', message: expect.stringContaining(`'AKIDEXAMPLE/${SCOPE}' not a valid key=value pair (missing equal-sign) in Authorization header`) },
    ],
    ['no signature', request({}, good.replace(/, Signature.*/, '')), { message: "Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256" }],
    ['a short signature', request({}, good.slice(0, -1)), { code: 'IncompleteSignature' }],
    ['a signature in capitals', request({}, authorization(VANILLA.toUpperCase())), { code: 'IncompleteSignature' }],
    ['a scope with four parts', request({}, good.replace('/service', '')), { code: 'IncompleteSignature' }],
    ['no date', request({ headers: { 'x-amz-date': '' } }, good), { code: 'IncompleteSignature', message: expect.stringContaining('ISO-8601') }],
    ['an impossible date', request({ headers: { 'x-amz-date': '20150830T993600Z' } }, good), { code: 'IncompleteSignature' }],
    ['an unknown key', request({}, good.replace('AKIDEXAMPLE', 'AKIDOTHER')), { code: 'InvalidClientTokenId', shape: 'UnrecognizedClientException', status: 403 }],
    ['a key named like a property', request({}, good.replace('AKIDEXAMPLE', 'constructor')), { code: 'InvalidClientTokenId' }],
    ['an inactive key', request({}, good.replace('AKIDEXAMPLE', 'AKIDOFF')), { code: 'InvalidClientTokenId' }],
    ['a session token that nobody issued', request({ headers: { 'x-amz-security-token': 'x' } }, good), { code: 'InvalidClientTokenId' }],
    ['another day in the scope', request({}, good.replace('/20150830/', '/20150829/')), { code: 'SignatureDoesNotMatch', message: expect.stringContaining("'20150829' != '20150830'") }],
    ['another region', request({}, good.replace('us-east-1', 'us-east-2')), { code: 'SignatureDoesNotMatch' }],
    ['host not signed', request({}, good.replace('host;', '')), { message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization." }],
    ['an unsigned target', request({ headers: { 'x-amz-target': 'A.B' } }, good), { code: 'SignatureDoesNotMatch' }],
    ['a signed header that is not there', request({}, good.replace('host;', 'host;x-custom;')), { code: 'SignatureDoesNotMatch' }],
    ['another method', request({ method: 'PUT' }, good), { code: 'SignatureDoesNotMatch', shape: 'InvalidSignatureException', status: 403 }],
    ['a body hash that lies', request({ headers: { 'x-amz-content-sha256': '0'.repeat(64) } }, good), { code: 'SignatureDoesNotMatch' }],
    ['a body hash of odd characters', request({ headers: { 'x-amz-content-sha256': 'é'.repeat(64) } }, good), { code: 'SignatureDoesNotMatch' }],
    ['chunked signing', request({ headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' } }, good), { code: 'SignatureDoesNotMatch' }],
    ['a presigned URL without its date', request({ query: 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a' }), { code: 'IncompleteSignature' }],
    ['a presigned URL of another algorithm', request({ query: 'X-Amz-Algorithm=none' }), { code: 'IncompleteSignature' }],
    [
      'a presigned URL for ever',
      request({ query: `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-SignedHeaders=host&X-Amz-Signature=c&X-Amz-Expires=604801` }),
      { code: 'IncompleteSignature' },
    ],
  ])('%s', async (_name, given, fault) => {
    await expect(verify(given)).rejects.toMatchObject({ name: 'Fault', ...fault })
  })

  it('names the service that the scope should have', async () => {
    await expect(verify(request({}, good), AT, ['sns'])).rejects.toMatchObject({ message: "Credential should be scoped to correct service: 'sns'. " })
    await expect(verify(request({}, good), AT, ['x', 'service'])).resolves.toBeDefined()
  })

  it('allows a clock to be off by a quarter of an hour, either way', async () => {
    const quarter = 15 * 60_000
    await expect(verify(request({}, good), epochMillis(AT + quarter))).resolves.toBeDefined()
    await expect(verify(request({}, good), epochMillis(AT - quarter))).resolves.toBeDefined()
    await expect(verify(request({}, good), epochMillis(AT + quarter + 1000))).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      message: 'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)',
    })
    await expect(verify(request({}, good), epochMillis(AT - quarter - 1000))).rejects.toMatchObject({
      message: 'Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z + 15 min.)',
    })
  })

  it('shows what should have been signed', async () => {
    await expect(verify(request({ method: 'PUT' }, good))).rejects.toMatchObject({
      message: expect.stringContaining("The Canonical String for this request should have been\n'PUT\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n"),
    })
  })
})

it('forgets a remembered signing key when the secret changes', async () => {
  const verifier = new SignatureVerifier()
  let secret = SECRET
  const given = request({}, authorization(VANILLA))
  const again = () =>
    verifier.verify({ request: given, body: given.body, now: AT, signingNames: undefined, lookup: () => ({ secret, status: 'Active', temporary: undefined }) })
  await expect(again()).resolves.toBeDefined()
  await expect(again()).resolves.toBeDefined()
  secret = 'another'
  await expect(again()).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
})
