import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { EmbeddedCalls } from './embedded-calls.ts'
import { EngineRefusal } from './telemetry-error.ts'
import { removeScratch, scratchFolder } from './telemetry.test-support.ts'

const ended: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0)) await end()
})

/** Calls to what answers so. */
const calls = async (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<EmbeddedCalls> => {
  const folder = scratchFolder()
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response))
  }).listen(join(folder, 's'))
  await once(server, 'listening')
  const made = new EmbeddedCalls(join(folder, 's'))
  ended.push(async () => {
    await made.close()
    server.closeAllConnections()
    server.close()
    removeScratch(folder)
  })
  return made
}
const call = { sql: 'SELECT 1', lane: 'quick', parameters: {}, settings: {} } as const

test.each([
  ['Code: 62. DB::Exception: Syntax error: at 1. (SYNTAX_ERROR)\n', 62, 'SYNTAX_ERROR', 'Syntax error: at 1.'],
  ['Code: 243. DB::Exception: Cannot reserve\n1.00 MiB. (NOT_ENOUGH_SPACE)', 243, 'NOT_ENOUGH_SPACE', 'Cannot reserve\n1.00 MiB.'],
  ['Code: 7. DB::Exception: without a name (or so)', 7, 'UNKNOWN', 'without a name (or so)'],
  ['anything', 1002, 'UNKNOWN', 'anything'],
])('a refusal is read: %j', async (text, code, type, message) => {
  const refused = (await calls((_, response) => response.writeHead(500).end(text))).rows(call)
  await expect(refused).rejects.toBeInstanceOf(EngineRefusal)
  await expect(refused).rejects.toMatchObject({ code, type, message })
})

test('an engine that dies within its answer has not answered', async () => {
  const cut = await calls((_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"a":1}\n', () => response.destroy())
  })
  await expect(cut.rows(call)).rejects.not.toBeInstanceOf(EngineRefusal)
})

test('there is none', async () => {
  await expect(new EmbeddedCalls('/nowhere/at/all').bytes(call)).rejects.toThrow(/ENOENT/)
})
