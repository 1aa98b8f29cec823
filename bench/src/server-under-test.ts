import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const MAIN = join(import.meta.dirname, '../../server/src/main.ts')

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The product, started as a user starts it, on an empty folder and a free port. */
export interface ServerUnderTest {
  readonly url: string
  readonly folder: string
  readonly pid: number
  readonly credentials: Credentials
  /** From the start of the process until `/health` answered 200. */
  readonly readyMillis: number
  stop(): Promise<void>
}

export const startServer = async (entry = MAIN): Promise<ServerUnderTest> => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(process.execPath, [entry, '--port', String(port), '--data', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}`
  await healthy(url, child)
  return {
    url,
    folder,
    pid: child.pid!,
    credentials: readCredentials(join(folder, 'credentials')),
    readyMillis: performance.now() - begun,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const healthy = async (url: string, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const answer = await fetch(`${url}/health`).catch(() => undefined)
    if (answer?.status === 200) return
    await delay(50)
  }
  throw new Error('the server did not become healthy within 30 s')
}

/** The root key of the first start, in the AWS credentials-file format. */
const readCredentials = (file: string): Credentials => {
  const text = readFileSync(file, 'utf8')
  const value = (name: string): string => new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1] ?? ''
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
