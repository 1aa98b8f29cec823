import { seededEntropy } from '../../src/base/entropy.ts'
import { silentLog, type Log } from '../../src/base/log.ts'
import { ManualClock } from '../../src/base/manual-clock.ts'
import { Egress } from '../../src/egress/egress.ts'
import { parseAllowList } from '../../src/egress/allow-list.ts'
import { DeliveryWorker } from '../../src/jobs/deliveries/worker.ts'
import type { Channel, DeliveryContext, Mailer, Pictures } from '../../src/notify/channel.ts'
import { Dispatch } from '../../src/notify/dispatch.ts'
import { Signer } from '../../src/notify/signing/signer.ts'
import { channels } from '../../src/notify/registry.ts'
import { MemoryQueue } from './memory-queue.ts'
import { START } from './samples.ts'

export const PUBLIC_URL = 'https://tocsin.example.org/'

const noMail: Mailer = { send: () => Promise.reject(new Error('this test sends no mail')) }

const noPictures: Pictures = { linked: false, ofAlarm: async () => undefined }

/** One key for all tests of a process: making one takes longer than most tests. */
const keys = new Map<string, string>()
export const keyStore = {
  get: (name: string) => Promise.resolve(keys.get(name)),
  set: (name: string, value: string) => Promise.resolve(void keys.set(name, value)),
}

/** Everything between the outbox and the wire, on a clock moved by hand and real sockets of 127.0.0.1. */
export const rig = async (
  options: { readonly mail?: Mailer; readonly log?: Log; readonly channels?: readonly Channel[]; readonly clock?: ManualClock; readonly pictures?: Pictures } = {},
) => {
  const clock = options.clock ?? new ManualClock(START)
  const entropy = seededEntropy(1)
  const egress = new Egress({ clock, allow: parseAllowList('127.0.0.0/8'), userAgent: 'Tocsin' })
  const signer = await Signer.open(keyStore, PUBLIC_URL, clock, entropy)
  const context: DeliveryContext = { clock, http: egress, mail: options.mail ?? noMail, signer, pictures: options.pictures ?? noPictures, publicUrl: PUBLIC_URL }
  const dispatch = new Dispatch(options.channels ?? channels, context)
  const queue = new MemoryQueue()
  const makeWorker = (): DeliveryWorker => new DeliveryWorker({ queue, sender: dispatch, clock, entropy, log: options.log ?? silentLog })
  const worker = makeWorker()
  return { clock, context, dispatch, queue, worker, makeWorker, egress }
}
