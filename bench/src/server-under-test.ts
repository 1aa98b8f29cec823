import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../../server/src/main.js')

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface StartOptions {
  /** A data folder that stays after the end; by default an empty one that is removed. */
  readonly folder?: string | undefined
  readonly entry?: string | undefined
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly nodeArguments?: readonly string[]
}

/** The product, started as a user starts it, on a free port. */
export interface ServerUnderTest {
  readonly url: string
  readonly folder: string
  readonly pid: number
  readonly credentials: Credentials
  /** From the start of the process until it said that it is ready. */
  readonly readyMillis: number
  /** Ends as SIGTERM lets it, having written what waited. */
  stop(): Promise<void>
  /** Ends at once, as in a power cut to the process. */
  kill(): Promise<void>
}

export const startServer = async (options: StartOptions = {}): Promise<ServerUnderTest> => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
  const port = await freePort()
  const begun = performance.now()
  const command = [...(options.nodeArguments ?? []), options.entry ?? MAIN, '--port', String(port), '--data', folder, ...(options.args ?? [])]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...cleanEnvironment(), ...options.environment } })
  await ready(child)
  const readyMillis = performance.now() - begun
  const url = `http://127.0.0.1:${port}`
  const health = await fetch(`${url}/health`)
  if (health.status !== 200) throw new Error(`the server says that it is ready, and then answers ${health.status} ${await health.text()}`)

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    }
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  return {
    url,
    folder,
    pid: child.pid!,
    credentials: readCredentials(join(folder, 'credentials')),
    readyMillis,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the server ended with ${code}`)))
    let output = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes('Tocsin is ready')) resolve()
    })
  })

/** The machine's environment without settings that would reach into the server. */
const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => !/^(TOCSIN_|AWS_|NODE_)/.test(entry[0]) && entry[1] !== undefined))

/** The root key of the first start, in the AWS credentials-file format. */
const readCredentials = (file: string): Credentials => {
  const text = readFileSync(file, 'utf8')
  const value = (name: string): string => new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1] ?? ''
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') }
}

export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
