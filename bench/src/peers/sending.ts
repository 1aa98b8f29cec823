import { AwsCaller } from '../aws-caller.ts'
import { atRest, cpuSeconds } from '../process-cost.ts'

export interface Parcel {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Datapoints or log events. */
  readonly items: number
}

const CONNECTIONS = 4
/** Requests that are not measured: each series is there afterwards. */
const WARM_UP = 40

/**
 * Sends parcels to a server, each connection its own share in order, for so many seconds or until all are sent; answers items a second of
 * the server's processor time, work behind its answers included.
 */
export const itemsPerCpuSecond = async (url: string, pid: number, parcels: readonly Parcel[], seconds: number): Promise<number> => {
  await send(url, parcels.slice(0, WARM_UP))
  await atRest(pid, 5)
  const before = cpuSeconds(pid)
  const items = await send(url, parcels.slice(WARM_UP), seconds)
  await atRest(pid)
  return items / (cpuSeconds(pid) - before)
}

/** Answers how many items were taken. */
export const send = async (url: string, parcels: readonly Parcel[], seconds = Number.POSITIVE_INFINITY): Promise<number> => {
  const caller = new AwsCaller({ url, credentials: { accessKeyId: '', secretAccessKey: '' } }, CONNECTIONS)
  const end = performance.now() + seconds * 1000
  let items = 0
  const connection = async (share: number): Promise<void> => {
    for (let place = share; place < parcels.length && performance.now() < end; place += CONNECTIONS) {
      const { path, headers, body, items: inside } = parcels[place]!
      const answer = await caller.post(new URL(path, url), headers, body)
      if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body.toString().slice(0, 300)}`)
      items += inside
    }
  }
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, share) => connection(share)))
  } finally {
    caller.close()
  }
  return items
}
