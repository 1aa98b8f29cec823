import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from './read-config.ts'

describe('settings', () => {
  test('defaults are a local server with authentication', () => {
    expect(readConfig([], {})).toMatchObject({ port: 4566, host: '127.0.0.1', data: './data', auth: 'on', account: '000000000000', region: 'us-east-1' })
  })

  test('flags win over the environment', () => {
    expect(readConfig(['--port', '5000'], { TOCSIN_PORT: '6000', TOCSIN_REGION: 'eu-west-1' })).toMatchObject({ port: 5000, region: 'eu-west-1' })
  })

  test('secrets can come from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tocsin-config-')), 'smtp')
    writeFileSync(file, 'smtp://user:secret@mail.example.com:587\n')
    expect(readConfig([], { TOCSIN_SMTP_URL_FILE: file }).smtpUrl?.hostname).toBe('mail.example.com')
  })

  test.each([
    [['--prot', '1'], {}, /Unknown option '--prot'/],
    [[], { TOCSIN_PROT: '1' }, /Unknown setting TOCSIN_PROT/],
    [['--port', 'eighty'], {}, /--port must be a whole number from 0 to 65535 \(got "eighty"\)/],
    [['--port', '65536'], {}, /--port must be a whole number/],
    [['--account', '12'], {}, /--account must be 12 digits/],
    [[], { TOCSIN_AUTH: 'maybe' }, /TOCSIN_AUTH/],
    [['--auth', 'off', '--host', '0.0.0.0'], {}, /loopback host only/],
    [[], { TOCSIN_SMTP_URL: 'http://user:secret@host' }, /^TOCSIN_SMTP_URL must be a URL that begins with smtp:\/\/ or smtps:\/\/$/],
    [['extra'], {}, /Unexpected argument 'extra'/],
    [[], { TOCSIN_SMTP_URL_FILE: '/does/not/exist' }, /TOCSIN_SMTP_URL_FILE/],
  ])('%j %j stops the start', (args, environment, message) => {
    expect(() => readConfig(args, environment)).toThrow(message)
  })
})
