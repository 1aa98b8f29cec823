import { expect, test } from 'vitest'
import { accountId, region } from '../base/tenancy.ts'
import { alarmPage, confirmLink, unsubscribeLink, webAddress } from './links.ts'

const tenant = { account: accountId('123456789012'), region: region('us-east-1') }

test.each(['https://t.example', 'https://t.example/'])('links under %s', base => {
  expect(alarmPage(base, tenant, 'CPU > 75% / "x" ü')).toBe(
    'https://t.example/#/alarms/CPU%20%3E%2075%25%20%2F%20%22x%22%20%C3%BC?region=us-east-1&account=123456789012',
  )
  expect(confirmLink(base, 'arn:aws:sns:r:1:t', 'a b&c')).toBe(
    'https://t.example/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:r:1:t&Token=a%20b%26c',
  )
  expect(unsubscribeLink(base, 'arn:aws:sns:r:1:t:u')).toBe('https://t.example/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns:r:1:t:u')
})

test.each([
  ['https://wiki.example/a b', 'https://wiki.example/a%20b'],
  [' http://x.example ', 'http://x.example/'],
  ['javascript:alert(1)', undefined],
  ['restart-db', undefined],
  ['', undefined],
  [undefined, undefined],
  ['//x.example', undefined],
  ['data:text/html,x', undefined],
])('%s as a link is %s', (text, expected) => {
  expect(webAddress(text)).toBe(expected)
})
