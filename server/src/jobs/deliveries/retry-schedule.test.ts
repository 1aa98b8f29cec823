import { describe, expect, test } from 'vitest'
import { parseDeliveryPolicy } from './delivery-policy.ts'
import { DEFAULT_SCHEDULES, HTTP_ALARM, retryDelay, type RetrySchedule } from './retry-schedule.ts'

const delays = (schedule: RetrySchedule): readonly number[] => {
  const all: number[] = []
  for (let retry = 1; ; retry++) {
    const delay = retryDelay(schedule, retry)
    if (delay === undefined) return all
    all.push(delay / 1000)
  }
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('schedules', () => {
  test('http: three retries, 20 seconds apart', () => {
    expect(delays(DEFAULT_SCHEDULES.http)).toEqual([20, 20, 20])
  })

  test('mail: fifty over six hours, as SNS', () => {
    const mail = delays(DEFAULT_SCHEDULES.mail)
    expect(mail).toHaveLength(50)
    expect(mail.slice(0, 3)).toEqual([10, 10, 10])
    expect(mail.slice(11)).toEqual(Array.from({ length: 39 }, () => 600))
    expect(sum(mail) / 3_600).toBeGreaterThan(6)
    expect(sum(mail) / 3_600).toBeLessThan(7.5)
  })

  test('pages: quick at first, for about six hours', () => {
    const page = delays(DEFAULT_SCHEDULES.page)
    expect(page.slice(0, 4)).toEqual([2, 2, 2, 5])
    expect(page.at(-1)).toBe(300)
    expect(sum(page) / 3_600).toBeCloseTo(5.7, 1)
  })

  test("alarms on plain webhooks: SNS's three, then on", () => {
    expect(delays(HTTP_ALARM).slice(0, 4)).toEqual([20, 20, 20, 20])
    expect(sum(delays(HTTP_ALARM)) / 3_600).toBeGreaterThan(5)
  })
})

describe('delivery policies', () => {
  test("AWS's example: four phases", () => {
    const { schedule, maxReceivesPerSecond } = parseDeliveryPolicy(
      JSON.stringify({
        healthyRetryPolicy: {
          minDelayTarget: 1,
          maxDelayTarget: 60,
          numRetries: 50,
          numNoDelayRetries: 3,
          numMinDelayRetries: 2,
          numMaxDelayRetries: 35,
          backoffFunction: 'exponential',
        },
        throttlePolicy: { maxReceivesPerSecond: 10 },
        requestPolicy: { headerContentType: 'application/json' },
      }),
    )
    const all = delays(schedule!)
    expect(all).toHaveLength(50)
    expect(all.slice(0, 6)).toEqual([0, 0, 0, 1, 1, 1])
    expect(all[14]).toBe(60)
    expect(all.slice(15)).toEqual(Array.from({ length: 35 }, () => 60))
    expect(maxReceivesPerSecond).toBe(10)
  })

  test("a topic's shape", () => {
    const { schedule, maxReceivesPerSecond } = parseDeliveryPolicy(
      JSON.stringify({
        http: {
          defaultHealthyRetryPolicy: { minDelayTarget: 5, maxDelayTarget: 5, numRetries: 2 },
          defaultThrottlePolicy: { maxReceivesPerSecond: 1 },
        },
      }),
    )
    expect(delays(schedule!)).toEqual([5, 5])
    expect(maxReceivesPerSecond).toBe(1)
  })

  test.each(['linear', 'arithmetic', 'geometric', 'exponential'])('%s grows from the smallest to the greatest delay', backoffFunction => {
    const all = delays(
      parseDeliveryPolicy(
        JSON.stringify({ healthyRetryPolicy: { minDelayTarget: 2, maxDelayTarget: 200, numRetries: 8, backoffFunction } }),
      ).schedule!,
    )
    expect([all[0], all[7]]).toEqual([2, 200])
    expect(all.toSorted((a, b) => a - b)).toEqual(all)
  })

  test('in the middle exponential waits least, linear most', () => {
    const middle = (backoffFunction: string): number =>
      delays(
        parseDeliveryPolicy(
          JSON.stringify({ healthyRetryPolicy: { minDelayTarget: 2, maxDelayTarget: 200, numRetries: 9, backoffFunction } }),
        ).schedule!,
      )[4]!
    expect(middle('exponential')).toBeLessThan(middle('geometric'))
    expect(middle('geometric')).toBeLessThan(middle('linear'))
    expect(middle('arithmetic')).toBeLessThan(middle('linear'))
  })

  test.each([undefined, '', 'null', '[]', '{', '5', '{"healthyRetryPolicy":5}', '{"throttlePolicy":{"maxReceivesPerSecond":-1}}'])(
    '%j means the defaults',
    text => {
      expect(parseDeliveryPolicy(text)).toEqual({ schedule: undefined, maxReceivesPerSecond: undefined })
    },
  )

  test("hostile numbers stay within SNS's bounds", () => {
    const { schedule } = parseDeliveryPolicy(
      '{"healthyRetryPolicy":{"minDelayTarget":1e99,"maxDelayTarget":-1,"numRetries":1e9,"numNoDelayRetries":50,"numMaxDelayRetries":1e9}}',
    )
    const all = delays(schedule!)
    expect(all).toHaveLength(100)
    expect(Math.max(...all)).toBe(3_600)
  })
})
