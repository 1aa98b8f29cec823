import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { IAMClient } from '@aws-sdk/client-iam'
import { SNSClient } from '@aws-sdk/client-sns'
import { STSClient } from '@aws-sdk/client-sts'

const MAIN = join(import.meta.dirname, '../../src/main.js')

/** A new empty data folder, gone with the test process unless something still holds it. */
export const dataFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-product-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The key in `<folder>/credentials`. */
export const rootKey = (folder: string): Credentials => {
  const text = readFileSync(join(folder, 'credentials'), 'utf8')
  return {
    accessKeyId: /aws_access_key_id = (\S+)/.exec(text)![1]!,
    secretAccessKey: /aws_secret_access_key = (\S+)/.exec(text)![1]!,
  }
}

interface ServerOptions {
  readonly data: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** A command to run the server under, e.g. one that makes a small disk: it gets the server's command appended. */
  readonly under?: readonly string[]
}

/** The product as a user runs it: a process of its own, spoken to over HTTP. */
export class RunningServer {
  readonly url: string
  readonly data: string
  readonly process: ChildProcess
  readonly output: string

  private constructor(url: string, data: string, process: ChildProcess, output: string) {
    this.url = url
    this.data = data
    this.process = process
    this.output = output
  }

  /** Resolves when the server says that it is ready. */
  static async start({ data, args = [], environment = {}, under = [] }: ServerOptions): Promise<RunningServer> {
    const [command, ...rest] = [...under, process.execPath, MAIN, '--port', '0', '--data', data, ...args]
    const child = spawn(command!, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...cleanEnvironment(), ...environment } })
    let output = ''
    let errors = ''
    child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    return new Promise((resolve, reject) => {
      child.once('exit', code => reject(new Error(`the server exited with ${code}\n${output}${errors}`)))
      child.stdout!.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        const url = /Console\s+(http:\S+?)\/\n/.exec(output)?.[1]
        if (url !== undefined && output.includes('describe-alarms')) resolve(new RunningServer(url, data, child, output))
      })
    })
  }

  /** The root key, or anything where authentication is off. */
  get credentials(): Credentials {
    return existsSync(join(this.data, 'credentials')) ? rootKey(this.data) : { accessKeyId: 'test', secretAccessKey: 'test' }
  }

  /** What any AWS SDK client needs to speak to this server. */
  clientConfig(region = 'us-east-1', credentials = this.credentials) {
    return { endpoint: this.url, region, credentials, maxAttempts: 1 }
  }

  cloudWatch(region?: string, credentials = this.credentials): CloudWatchClient {
    return new CloudWatchClient(this.clientConfig(region, credentials))
  }

  sns(region?: string, credentials = this.credentials): SNSClient {
    return new SNSClient(this.clientConfig(region, credentials))
  }

  iam(): IAMClient {
    return new IAMClient(this.clientConfig())
  }

  sts(credentials = this.credentials): STSClient {
    return new STSClient(this.clientConfig('us-east-1', credentials))
  }

  /** As a power cut to the process: nothing is flushed, no handler runs. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const exited = once(this.process, 'exit')
    this.process.kill(signal)
    await exited
  }
}

/** The machine's environment without settings that would reach into the server under test. */
const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => !/^(TOCSIN_|AWS_)/.test(entry[0]) && entry[1] !== undefined))

/** Polls until `probe` answers something; for what happens in another process, where no clock can be moved. */
export const eventually = async <Value>(probe: () => Promise<Value | undefined> | Value | undefined, what: string, withinMillis = 15_000): Promise<Value> => {
  const deadline = performance.now() + withinMillis
  for (;;) {
    const value = await probe()
    if (value !== undefined) return value
    if (performance.now() > deadline) throw new Error(`did not happen within ${withinMillis} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
