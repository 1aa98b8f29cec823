import { parseArn } from '../../base/arn.ts'
import { channelOf } from '../../model/endpoint.ts'
import { invalidParameter, refusal } from './faults.ts'

/** SNS's own protocols that nothing here delivers to. */
const UNSERVED: ReadonlySet<string> = new Set(['sqs', 'lambda', 'sms', 'application', 'firehose'])

const SERVICES: ReadonlyMap<string, string> = new Map([['sqs', 'SQS'], ['lambda', 'Lambda'], ['firehose', 'Firehose']])

/** Refuses what cannot be subscribed. `slack` and `pagerduty` are Tocsin's own protocols. */
export const checkEndpoint = (protocol: string, endpoint: string, fifo: boolean): void => {
  if (UNSERVED.has(protocol)) refuseUnserved(protocol, endpoint)
  const check = CHECKS.get(protocol)
  if (check === undefined) throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`)
  if (endpoint === '') throw invalidParameter('Endpoint')
  check(endpoint, protocol)
  if (fifo) throw invalidParameter(`Invalid protocol type: ${protocol}`)
}

/** A webhook's path and a routing key are secrets of their owner: whoever knows them need not be asked. */
export const needsConfirmation = (protocol: string, endpoint: string): boolean => {
  const channel = channelOf(protocol, endpoint)
  return channel !== 'slack' && channel !== 'pagerduty'
}

const refuseUnserved = (protocol: string, endpoint: string): never => {
  if (protocol === 'sms' && !/^\+?[0-9][0-9.-]{5,20}$/.test(endpoint)) throw refusal(`Invalid SMS endpoint: ${endpoint}`)
  const service = SERVICES.get(protocol)
  if (service !== undefined && parseArn(endpoint)?.service !== protocol) throw invalidParameter(`${service} endpoint ARN`)
  if (protocol === 'application' && !/^arn:[^:]+:sns:[^:]*:[^:]*:endpoint\//.test(endpoint)) throw invalidParameter(`Application endpoint arn invalid:${endpoint}`)
  throw invalidParameter(`Protocol Reason: Tocsin does not deliver to ${protocol} endpoints yet`)
}

/** RFC 5321 allows 254 characters. */
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,189}$/
const ENDPOINT_LENGTH = 2_048
const ROUTING_KEY = /^[A-Za-z0-9]{32}$/

const checkUrl = (endpoint: string, protocol: string): void => {
  if (!endpoint.startsWith(`${protocol}://`)) throw invalidParameter('Endpoint must match the specified protocol')
  const url = URL.parse(endpoint)
  if (url === null || endpoint.length > ENDPOINT_LENGTH || /\s/.test(endpoint)) throw invalidParameter('Endpoint')
  if (channelOf(protocol, endpoint) === 'pagerduty') checkPagerDuty(endpoint)
}

const checkEmail = (endpoint: string): void => {
  if (!EMAIL.test(endpoint)) throw invalidParameter('Email address')
}

const checkSlack = (endpoint: string): void => {
  const url = URL.parse(endpoint)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!isWeb || endpoint.length > ENDPOINT_LENGTH || /\s/.test(endpoint)) {
    throw invalidParameter('Endpoint Reason: the URL of an incoming webhook is expected')
  }
}

const checkPagerDuty = (endpoint: string): void => {
  if (ROUTING_KEY.test(endpoint)) return
  const url = URL.parse(endpoint)
  const named = [url?.searchParams.get('routing_key'), url?.searchParams.get('x-routing-key'), url?.username]
  const places = [...named, ...(url?.pathname.split('/') ?? [])]
  if (!places.some(place => ROUTING_KEY.test(place ?? ''))) {
    throw invalidParameter('Endpoint Reason: a routing key of 32 characters, or an events URL that holds one, is expected')
  }
}

type Check = (endpoint: string, protocol: string) => void
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['http', checkUrl],
  ['https', checkUrl],
  ['email', checkEmail],
  ['email-json', checkEmail],
  ['slack', checkSlack],
  ['pagerduty', checkPagerDuty],
])
