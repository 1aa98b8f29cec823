import { writeSync } from 'node:fs'
import { systemEntropy } from '../src/base/entropy.ts'
import { silentLog } from '../src/base/log.ts'
import { folderFiles } from '../src/store/journal/journal-files.ts'
import { Journal } from '../src/store/journal/journal.ts'

/** Appends without end, eight at a time, and says which sequence numbers are acknowledged, until it is killed. */
const journal = await Journal.open({ files: await folderFiles(process.argv[2]!), entropy: systemEntropy, log: silentLog, segmentBytes: 200_000 })

const worker = async (number: number): Promise<void> => {
  for (let round = 0; ; round++) {
    const text = `${process.argv[3]}/${number}/${round} `
    const sequence = await journal.append(1, [Buffer.from(text), Buffer.alloc((round * 131 + number * 977) % 6000, 0x2e)])
    writeSync(1, `${sequence} ${text}\n`)
  }
}
await Promise.all(Array.from({ length: 8 }, (_, number) => worker(number)))
