import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readCredentials } from './credentials.ts'

const home = mkdtempSync(join(tmpdir(), 'tocsin-credentials-'))
const data = join(home, 'data')
const shared = join(home, 'shared')
for (const folder of [data, join(home, '.aws')]) mkdirSync(folder)
const section = (profile: string, id: string): string => `[${profile}]\naws_access_key_id = ${id}\naws_secret_access_key=s-${id}\n`
writeFileSync(join(data, 'credentials'), section('default', 'ROOT'))
writeFileSync(join(home, '.aws/credentials'), section('default', 'HOME') + section('ops', 'HOMEOPS'))
writeFileSync(shared, `# ours\n${section('default', 'SHARED')}\n${section('ops', 'OPS')}aws_session_token = t\n[bare]\nregion = us-east-1\n`)
afterAll(() => rmSync(home, { recursive: true }))

const KEYS = { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 's-ENV' }

test.each([
  ['keys in the environment win', { ...KEYS, AWS_SHARED_CREDENTIALS_FILE: shared, AWS_PROFILE: 'ops' }, 'ENV'],
  ['the shared file', { AWS_SHARED_CREDENTIALS_FILE: shared }, 'SHARED'],
  ['a profile of the shared file', { AWS_SHARED_CREDENTIALS_FILE: shared, AWS_PROFILE: 'ops' }, 'OPS'],
  ['a profile of the file at home', { AWS_PROFILE: 'ops' }, 'HOMEOPS'],
  ['a profile by its other variable', { AWS_DEFAULT_PROFILE: 'ops' }, 'HOMEOPS'],
  ['nobody asked for a profile', {}, 'ROOT'],
  ['half a key is none', { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: '' }, 'ROOT'],
  ['a profile without keys', { AWS_SHARED_CREDENTIALS_FILE: shared, AWS_PROFILE: 'bare' }, 'ROOT'],
  ['a file that is not there', { AWS_SHARED_CREDENTIALS_FILE: join(home, 'none') }, 'ROOT'],
])('%s', (_, environment, id) => {
  expect(readCredentials({ HOME: home, ...environment }, data)).toMatchObject({ accessKeyId: id, secretAccessKey: `s-${id}` })
})

test('a session token comes along', () => {
  expect(readCredentials({ AWS_SHARED_CREDENTIALS_FILE: shared, AWS_PROFILE: 'ops' }, data).sessionToken).toBe('t')
})

test('says where it has looked', () => {
  const { source, accessKeyId } = readCredentials({ AWS_SHARED_CREDENTIALS_FILE: shared, AWS_PROFILE: 'gone' }, join(home, 'nowhere'))
  expect(accessKeyId).toBe('test')
  expect(source).toBe(
    `made-up keys; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; no keys in the profile "gone" of ${shared}; no keys in ${join(home, 'nowhere/credentials')}`,
  )
})
