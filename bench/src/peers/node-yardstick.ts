import { execFileSync } from 'node:child_process'
import { BodySource } from '../put-metric-data-bodies.ts'
import { allOnPath, type Peer } from './peer.ts'

const A_REQUEST = 1000

/** What the machine makes of a PutMetricData body when nothing else is done with it: the measure of its speed of the day. */
export const nodeYardstick: Peer = {
  name: 'Node, bare',
  program: 'node',
  async measure() {
    const { body } = await new BodySource('json', 10_000, A_REQUEST).next()
    // npm puts the product's own in front; the goals were set beside the machine's.
    const node = allOnPath('node').at(-1)!
    return JSON.parse(execFileSync(node, ['-e', script], { input: body, encoding: 'utf8' })) as Record<string, number>
  },
}

/** Millions a second of the processor's time. */
const perCpuSecond = (items: number, work: () => void): number => {
  for (const end = performance.now() + 300; performance.now() < end;) work()
  const before = process.cpuUsage()
  let rounds = 0
  for (const end = performance.now() + 3000; performance.now() < end; rounds++) work()
  const { user, system } = process.cpuUsage(before)
  return (rounds * items) / (user + system)
}

const script = `
  const { gunzipSync } = require('node:zlib')
  const body = require('node:fs').readFileSync(0)
  const plain = gunzipSync(body)
  const perCpuSecond = ${perCpuSecond.toString()}
  console.log(JSON.stringify({
    'JSON.parse': perCpuSecond(${A_REQUEST}, () => JSON.parse(plain.latin1Slice(0, plain.length))),
    gunzip: perCpuSecond(${A_REQUEST}, () => gunzipSync(body)),
  }))
`
