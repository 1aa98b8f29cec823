import { expect, test } from 'vitest'
import { keptReceiver, shownReceiver, shownTag, streamEndpoint } from './stream-endpoint.ts'

test.each([
  ['https://receiver.test/in#key', {}, { url: 'https://receiver.test/in', accessKey: 'key' }],
  ['https://receiver.test/in', {}, { url: 'https://receiver.test/in', accessKey: undefined }],
  ['arn:aws:firehose:eu-west-1:1:deliverystream/d', { Endpoint: 'http://receiver.test/#k#y' }, { url: 'http://receiver.test/', accessKey: 'k#y' }],
  ['arn:aws:firehose:eu-west-1:1:deliverystream/d', {}, undefined],
  ['ftp://receiver.test/', {}, undefined],
  ['https://user@receiver.test/', {}, undefined],
  ['https://user:password@receiver.test/', {}, undefined],
  ['receiver.test', {}, undefined],
])('%s with %o', (firehoseArn, tags, endpoint) => {
  expect(streamEndpoint(firehoseArn, tags as Readonly<Record<string, string>>)).toEqual(endpoint)
})

test('the access key is not shown, and kept where the shown text comes back', () => {
  const given = 'https://receiver.test/in#k#y\nz'
  const shown = shownReceiver(given)
  expect(shown).toBe('https://receiver.test/in#***')
  expect(keptReceiver(shown, given)).toBe(given)
  expect(keptReceiver('https://other.test/#***', given)).toBe('https://other.test/#***')
  expect(keptReceiver('https://receiver.test/in', given)).toBe('https://receiver.test/in')
  expect(keptReceiver(shown, undefined)).toBe(shown)
  expect(shownReceiver('https://receiver.test/in')).toBe('https://receiver.test/in')
  expect([shownTag('Endpoint', given), shownTag('Team', 'a#b')]).toEqual([shown, 'a#b'])
})
