import { flushCompileCache } from 'node:module'
import { systemClock } from '../base/clock.ts'
import { systemEntropy } from '../base/entropy.ts'
import { giveBackMemory } from '../base/give-back-memory.ts'
import { accountId } from '../base/tenancy.ts'
import type { StreamedReply } from '../wire/protocol.ts'
import { ensureRootKey } from './access/root-key.ts'
import type { ObjectDoor } from './aws/object-door.ts'
import type { ReceivedRequest } from './aws/received-request.ts'
import { banner } from './banner.ts'
import { compose } from './compose.ts'
import { ConfigError, readConfig } from './config/read-config.ts'
import { help } from './config/help.ts'
import type { Config } from './config/settings.ts'
import { holdDataFolder } from './data-folder.ts'
import { crossOrigin } from './http/cross-origin.ts'
import { listen, type Streams } from './http/listen.ts'
import { serverLog } from './log.ts'
import { refusal } from './operator/json-reply.ts'
import { otlpRefused } from './otlp/otlp-logs-api.ts'
import { openStores } from './stores.ts'

/** The whole life of the server process: settings, stores, doors, clockwork, and back again on SIGTERM or SIGINT. */
export const run = async (args: readonly string[]): Promise<void> => {
  if (args.includes('--help')) {
    process.stdout.write(help())
    return
  }
  try {
    const { ready, stop } = await start(readConfig(args))
    const asked = new Promise<NodeJS.Signals>(resolve => {
      process.once('SIGTERM', resolve)
      process.once('SIGINT', resolve)
    })
    process.stdout.write(ready)
    giveBackMemory()
    // Left to the end, it would be missing after a kill, just when the next start should be quick.
    flushCompileCache()
    const signal = await asked
    // Asked twice, the operator means now: the journal makes that safe.
    process.once(signal, () => process.exit(1))
    await stop()
    process.exit(0)
  } catch (error) {
    const text = error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${text}\n`)
    process.exit(1)
  }
}

/** Starts everything; answers what to say then, and how to stop it. */
const start = async (config: Config): Promise<{ readonly ready: string; readonly stop: () => Promise<void> }> => {
  const clock = systemClock
  const entropy = systemEntropy
  const startedAt = clock.now()
  const log = serverLog(config.logLevel)
  const folder = holdDataFolder(config.data)

  // The port is taken first: a wrong one is found out before anything is opened, and early callers are told to wait.
  let answer: (request: ReceivedRequest) => Promise<StreamedReply> = async () => refusal(503, 'The server is starting.')
  let objects: ObjectDoor | undefined
  const streams: Streams = { takes: request => objects?.takes(request) === true, answer: request => objects!.answer(request) }
  const listener = await listen({
    host: config.host,
    port: config.port,
    answer: request => answer(request),
    streams,
    refused: otlpRefused,
    crossOrigin: crossOrigin(config.auth === 'on'),
    log,
  })
  const publicUrl = config.publicUrl?.href.replace(/\/$/, '') ?? listener.url

  const stores = await openStores({ folder: folder.path, clickhouseUrl: config.clickhouseUrl, clock, entropy, log })
  const credentials =
    config.auth === 'off' ? undefined : await ensureRootKey({ store: stores.control.access, account: accountId(config.account), folder: folder.path, clock, entropy })
  const composition = await compose({ config, stores, publicUrl, clock, entropy, log })
  answer = request => composition.answer(request)
  objects = composition.objects
  await composition.start()
  return {
    ready: banner({ url: listener.url, credentials, region: config.region, readyMillis: clock.now() - startedAt }),
    stop: async () => {
      await composition.stop()
      await listener.close()
      await stores.close()
      folder.release()
    },
  }
}
