import type { StartLiveTailRequest } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError, errorFromJson } from './aws-error.ts'
import { messagesIn, type StreamMessage } from './event-stream.ts'
import type { LogOperations } from './log-operations.ts'
import type { Operations } from './operations.ts'
import { type SnsAnswer, readSnsAnswer } from './sns-answer.ts'

/** Who is signed in, as `/api/session` tells it. */
export interface Session {
  readonly account: string
  readonly region: string
  readonly user: string
  readonly csrfToken: string
  /** ISO 8601; null where the server asks nobody to sign in. */
  readonly expiresAt: string | null
}

/** Calls the server's AWS operations and its own small JSON API with the session's cookie. */
export class Connection {
  readonly session: Session
  readonly region: string

  constructor(session: Session, region: string) {
    this.session = session
    this.region = region
  }

  /** The same session in another region: a dashboard's widgets name theirs. */
  in(region: string): Connection {
    return region === this.region ? this : new Connection(this.session, region)
  }

  /** One CloudWatch operation. Throws {@link AwsError}. */
  async cloudWatch<Name extends keyof Operations>(
    operation: Name,
    input: Operations[Name]['input'],
    signal?: AbortSignal,
  ): Promise<Operations[Name]['output']> {
    return this.#json<Operations[Name]['output']>('application/x-amz-json-1.0', `GraniteServiceVersion20100801.${operation}`, input, signal)
  }

  /** One CloudWatch Logs operation. Throws {@link AwsError}. */
  async logs<Name extends keyof LogOperations>(
    operation: Name,
    input: LogOperations[Name]['input'],
    signal?: AbortSignal,
  ): Promise<LogOperations[Name]['output']> {
    return this.#json<LogOperations[Name]['output']>('application/x-amz-json-1.1', `Logs_20140328.${operation}`, input, signal)
  }

  /**
   * A CloudWatch Logs operation that answers with events until one of the two leaves; `at` is the server's time when it began, in epoch
   * milliseconds: the viewer's own clock may be off. Throws {@link AwsError}, also while it lasts.
   */
  async logEvents(operation: 'StartLiveTail', input: StartLiveTailRequest, signal: AbortSignal): Promise<{ readonly at: number; readonly messages: AsyncIterable<StreamMessage> }> {
    const response = await this.#send({ 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${operation}` }, JSON.stringify(input), signal)
    if (!response.ok) throw errorFromJson(await response.text(), response.status, response.statusText)
    const at = Date.parse(response.headers.get('date') ?? '')
    return { at: Number.isNaN(at) ? Date.now() : at, messages: messagesIn(response.body ?? new ReadableStream()) }
  }

  /** One SNS operation; SNS speaks the query protocol: a form goes in, XML comes out. Throws {@link AwsError}. */
  async sns(action: string, parameters: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<SnsAnswer> {
    const form = new URLSearchParams({ Action: action, Version: '2010-03-31', ...parameters })
    const { response, body } = await this.#post({ 'content-type': 'application/x-www-form-urlencoded' }, form.toString(), signal)
    return readSnsAnswer(body, response.status)
  }

  /** Reads from the server's own API, `path` without a leading slash. Throws {@link AwsError}. */
  async read<Answer>(path: string, parameters: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Answer> {
    const response = await fetch(`./api/${path}?${new URLSearchParams(parameters)}`, {
      headers: { 'x-tocsin-region': this.region },
      ...(signal && { signal }),
    })
    const body = await response.text()
    if (!response.ok) throw errorFromJson(body, response.status, response.statusText)
    return JSON.parse(body) as Answer
  }

  async #json<Answer>(type: string, target: string, input: unknown, signal: AbortSignal | undefined): Promise<Answer> {
    const { response, body } = await this.#post({ 'content-type': type, 'x-amz-target': target }, JSON.stringify(input), signal)
    if (!response.ok) throw errorFromJson(body, response.status, response.statusText)
    return (body === '' ? {} : JSON.parse(body)) as Answer
  }

  async #post(headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal | undefined) {
    const response = await this.#send(headers, body, signal)
    return { response, body: await response.text() }
  }

  #send(headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal | undefined): Promise<Response> {
    return fetch('./', {
      method: 'POST',
      headers: { ...headers, 'x-tocsin-csrf': this.session.csrfToken, 'x-tocsin-region': this.region },
      body,
      ...(signal && { signal }),
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error
      throw new AwsError('Unreachable', 'The server does not answer. Is Tocsin running, and is the network up?', 0)
    })
  }
}
