import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seededEntropy, systemEntropy } from '../src/base/entropy.ts'
import { silentLog } from '../src/base/log.ts'
import { folderFiles } from '../src/store/journal/journal-files.ts'
import { Journal } from '../src/store/journal/journal.ts'

const APPENDER = join(import.meta.dirname, 'journal-appender.ts')

/** Runs an appender and kills it after some acknowledgements; answers those that arrived. */
const appendUntilKilled = async (folder: string, round: number, acknowledgements: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [APPENDER, folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (output.length > acknowledgements * 12) child.kill('SIGKILL')
  })
  await once(child, 'close')
  return output.split('\n').slice(0, -1)
}

test('kill -9 while appending: what was acknowledged is recovered, each record once, in order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-journal-'))
  const chance = seededEntropy(11)
  try {
    const acknowledged: string[] = []
    for (let round = 0; round < 6; round++) {
      acknowledged.push(...(await appendUntilKilled(folder, round, 20 + Math.floor(chance.fraction() * 1500))))
      const journal = await Journal.open({ files: await folderFiles(folder), entropy: systemEntropy, log: silentLog })
      const recovered: string[] = []
      for await (const { sequence, body } of journal.records()) recovered.push(`${sequence} ${body.toString('latin1').replace(/\.*$/, '')}`)
      await journal.close()
      const kept = new Set(recovered)
      expect(kept.size).toBe(recovered.length)
      expect(acknowledged.filter(line => !kept.has(line))).toEqual([])
      const sequences = recovered.map(line => Number.parseInt(line, 10))
      expect(sequences).toEqual(sequences.map((_, index) => index + 1))
    }
    expect(acknowledged.length).toBeGreaterThan(100)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
