/**
 * `npm run soak [-- --minutes 60 --seed 7]`: puts random load on the product and kills it, or its storage child, at random moments,
 * again and again, until it is stopped. After each kill: every acknowledged datum is there exactly once, every change of an alarm's
 * state has its message, or was suppressed or muted, none was repeated but those in flight, and the server was ready in time. Ends
 * with 1 at the first violation.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { seededEntropy, type Entropy } from '../../server/src/base/entropy.ts'
import { AwsCaller } from './aws-caller.ts'
import { childrenOf } from './process-cost.ts'
import { startServer, type ServerUnderTest } from './server-under-test.ts'
import { AlarmLedger } from './soak/alarm-ledger.ts'
import { DatumLedger } from './soak/datum-ledger.ts'
import { HeldLedger } from './soak/held-ledger.ts'
import { Violation } from './soak/violation.ts'
import { WebhookReceiver } from './webhook-receiver.ts'

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, 'ready-seconds': { type: 'string', default: '5' } },
})
const minutes = values.minutes === undefined ? Infinity : Number(values.minutes)
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed)
const readySeconds = Number(values['ready-seconds'])

const WORKERS = 4
const PERIOD_MILLIS = 10_000

type Blow = 'server killed' | 'storage child killed' | 'server stopped'

class Soak {
  readonly #entropy: Entropy
  readonly #data: DatumLedger
  readonly #alarms: AlarmLedger
  readonly #held = new HeldLedger()
  readonly #folder = mkdtempSync(join(tmpdir(), 'tocsin-soak-'))
  #server!: ServerUnderTest
  #receiver!: WebhookReceiver

  constructor(entropy: Entropy) {
    this.#entropy = entropy
    this.#data = new DatumLedger(entropy)
    this.#alarms = new AlarmLedger(entropy)
  }

  async begin(): Promise<void> {
    this.#receiver = await WebhookReceiver.open(notification => {
      const { AlarmName } = JSON.parse(notification.Message) as { readonly AlarmName: string }
      if (this.#held.knows(AlarmName)) this.#held.take(notification)
      else this.#alarms.take(notification)
    })
    await this.#start()
    await this.#calling(async caller => {
      const topic = /<TopicArn>(.+)<\/TopicArn>/.exec(await caller.sns('CreateTopic', { Name: 'soak' }))![1]!
      await caller.sns('Subscribe', { TopicArn: topic, Protocol: 'http', Endpoint: this.#receiver.url })
      await this.#receiver.confirmed
      await this.#alarms.create(caller, topic)
      await this.#held.create(caller, topic)
    })
  }

  /** Load, a blow, and the reckoning; answers what it was like. */
  async cycle(): Promise<string> {
    const chance = this.#entropy.fraction()
    const blow: Blow = chance < 0.6 ? 'server killed' : chance < 0.95 ? 'storage child killed' : 'server stopped'
    const wait = this.#untilBlow()
    const before = this.#data.acknowledged
    const load = this.#load()
    await delay(wait)
    const away = await this.#strike(blow)
    load.end()
    await load.ended
    const inDoubt = await this.#calling(async caller => {
      const found = await this.#data.verify(caller)
      await this.#alarms.verify(caller)
      await this.#held.verify(caller)
      return found
    })
    const datums = this.#data.acknowledged - before
    return (
      `${blow} after ${(wait / 1000).toFixed(2)} s, ready again in ${(away / 1000).toFixed(2)} s · ${datums} datums, each there once (${inDoubt} unanswered requests among them) · ` +
      `${this.#alarms.transitions} changes so far, each announced, ${this.#alarms.repeated} twice · ${this.#held.summary}`
    )
  }

  get transitions(): number {
    return this.#alarms.transitions
  }

  async end(): Promise<void> {
    await this.#server.kill()
    this.#receiver.close()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  /** Every other time just after a period has ended, where alarms are judged and messages sent. */
  #untilBlow(): number {
    if (this.#entropy.fraction() < 0.5) return 500 + this.#entropy.fraction() * 8_000
    return 2 * PERIOD_MILLIS - (Date.now() % PERIOD_MILLIS) + this.#entropy.fraction() * 1_500
  }

  #load(): { readonly ended: Promise<unknown>; end(): void } {
    const server = this.#server
    const caller = new AwsCaller(server)
    let going = true
    const worker = async (): Promise<void> => {
      while (going && server === this.#server) if (!(await this.#data.publish(caller))) await delay(20)
    }
    const flipper = async (): Promise<void> => {
      while (going && server === this.#server) {
        // Whether an unanswered flip took hold does not matter: a later one decides.
        await this.#alarms.flip(caller).catch(() => undefined)
        await delay(700)
      }
    }
    const ended = Promise.all([...Array.from({ length: WORKERS }, worker), flipper()]).finally(() => caller.close())
    // A violation is thrown where the load is awaited.
    ended.catch(() => undefined)
    return { ended, end: () => void (going = false) }
  }

  /** Answers how long the product was away, in milliseconds. */
  async #strike(blow: Blow): Promise<number> {
    const server = this.#server
    if (blow === 'storage child killed') {
      const killed = childrenOf(server.pid)
      for (const child of killed) process.kill(child, 'SIGKILL')
      return this.#healthyAgain(performance.now(), killed)
    }
    this.#alarms.killed()
    this.#held.killed()
    await (blow === 'server killed' ? server.kill() : server.stop())
    await this.#start()
    if (this.#server.readyMillis > readySeconds * 1000) throw new Violation(`ready only after ${(this.#server.readyMillis / 1000).toFixed(1)} s`)
    return this.#server.readyMillis
  }

  async #healthyAgain(since: number, killed: readonly number[]): Promise<number> {
    for (;;) {
      const { status } = await fetch(`${this.#server.url}/health`)
      const away = performance.now() - since
      const children = childrenOf(this.#server.pid)
      if (status === 200 && children.length > 0 && !children.some(child => killed.includes(child))) return away
      if (away > readySeconds * 1000) throw new Violation(`unhealthy ${(away / 1000).toFixed(1)} s after its storage child was killed`)
      await delay(50)
    }
  }

  async #start(): Promise<void> {
    this.#server = await startServer({ folder: this.#folder, environment: { TOCSIN_EGRESS_ALLOW: '127.0.0.1' } })
  }

  async #calling<Result>(act: (caller: AwsCaller) => Promise<Result>): Promise<Result> {
    const caller = new AwsCaller(this.#server)
    try {
      return await act(caller)
    } finally {
      caller.close()
    }
  }
}

console.log(`seed ${seed}`)
const begun = performance.now()
const soak = new Soak(seededEntropy(seed))
let stopping = false
process.once('SIGINT', () => {
  stopping = true
  console.log('stopping after this cycle')
})
try {
  await soak.begin()
  for (let cycle = 1; !stopping && performance.now() - begun < minutes * 60_000; cycle++) {
    console.log(`${String(cycle).padStart(4)}  ${await soak.cycle()}`)
    if (cycle >= 5 && soak.transitions === 0) throw new Violation('no alarm ever changed')
  }
} catch (error) {
  if (!(error instanceof Violation)) throw error
  console.error(`VIOLATION (seed ${seed}): ${error.message}`)
  process.exitCode = 1
} finally {
  await soak.end()
}
