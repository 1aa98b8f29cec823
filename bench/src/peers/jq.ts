import { execFileSync } from 'node:child_process'
import { median } from '../benchmark.ts'
import { PipelineLines } from '../pipeline-lines.ts'
import { onPath, type Peer } from './peer.ts'

const LINES = 100_000
/** Ours answers for ten million; what `jq` takes grows with the lines. */
const TIMES = 100
const REPEATS = 3
const FILTER = 'select(.duration > 1000) | [.pipeline, .duration] | @tsv'

/** Filter and aggregate by what is at hand in any shell. */
export const jq: Peer = {
  name: 'jq',
  program: 'jq',
  async measure() {
    const lines = new PipelineLines(1)
    const input = Array.from({ length: LINES }, (_, line) => lines.next(line)).join('\n')
    const taken = Array.from({ length: REPEATS }, () => {
      const begun = performance.now()
      const found = execFileSync(onPath('jq')!, ['-r', FILTER], { input, encoding: 'utf8', maxBuffer: input.length })
      const groups = new Map<string, { max: number; sum: number; count: number }>()
      for (const row of found.trimEnd().split('\n')) {
        const [pipeline, duration] = row.split('\t') as [string, string]
        const group = groups.get(pipeline) ?? { max: 0, sum: 0, count: 0 }
        groups.set(pipeline, { max: Math.max(group.max, Number(duration)), sum: group.sum + Number(duration), count: group.count + 1 })
      }
      if (groups.size === 0) throw new Error('nothing was found')
      return performance.now() - begun
    })
    return { 'filter and aggregate, × 100': median(taken) * TIMES }
  },
}
