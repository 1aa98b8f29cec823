import { execFileSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from '../benchmark.ts'
import { PipelineLines } from '../pipeline-lines.ts'
import type { Peer } from './peer.ts'

const LINES = 10_000_000
const STREAMS = 10
const REPEATS = 5
const SECOND = 1000
const DAY = 86_400 * SECOND

/** The lines that our store searches, with their streams in front, in one plain file; read once before, so that it lies in memory. */
export const ripgrep: Peer = {
  name: 'ripgrep',
  program: 'rg',
  async measure({ data }) {
    const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'tocsin-bench-')) : join(data, 'peers', 'ripgrep')
    mkdirSync(folder, { recursive: true })
    try {
      const file = join(folder, 'lines.tsv')
      const ids = keptIds(folder) ?? (await writeLines(folder, file))
      return {
        'one request id': timed(id => `rg -F '${id}' ${file}`, ids),
        'pattern, count by stream': timed(() => `rg 'ERROR|Exception|error' ${file} | cut -f1 | sort | uniq -c`, ids),
        'pattern, count': timed(() => `rg -c 'ERROR|Exception|error' ${file}`, ids),
      }
    } finally {
      if (data === undefined) rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** The median of some times, in milliseconds; the first does not count. */
const timed = (command: (id: string) => string, ids: readonly string[]): number => {
  const taken = ids.map(id => {
    const begun = performance.now()
    const found = execFileSync('sh', ['-c', command(id)], { encoding: 'utf8' })
    if (found === '') throw new Error(`nothing was found by ${command(id)}`)
    return performance.now() - begun
  })
  return median(taken.slice(1))
}

const NOTE = 'bench-lines.json'

const keptIds = (folder: string): readonly string[] | undefined => {
  const note = join(folder, NOTE)
  return existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as readonly string[]) : undefined
}

/** Answers request ids of lines here and there. */
const writeLines = async (folder: string, file: string): Promise<readonly string[]> => {
  const out = createWriteStream(file)
  const lines = new PipelineLines(1)
  const end = Math.floor(Date.now() / DAY) * DAY
  const every = Math.floor(LINES / (REPEATS + 1))
  const ids: string[] = []
  for (let done = 0; done < LINES;) {
    let text = ''
    for (let row = 0; row < 10_000; row++, done++) {
      const line = lines.next(end - DAY + Math.floor((DAY * done) / LINES))
      if (done % every === every - 1) ids.push(/"requestId":"([^"]+)"/.exec(line)![1]!)
      text += `i-${Math.floor(done / 10_000) % STREAMS}\t${line}\n`
    }
    if (!out.write(text, 'latin1')) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  writeFileSync(join(folder, NOTE), JSON.stringify(ids))
  return ids
}
