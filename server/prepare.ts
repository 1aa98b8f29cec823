// Starts the server once when `npm ci` or `npm install` has put the packages in place, on a folder that is thrown away: the files are then
// stripped of their types and compiled, so that the first start is as quick and as small as every later one.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'tocsin-prepare-'))
const main = join(import.meta.dirname, 'src/main.js')
// None of the installation's own settings.
const server = spawn(process.execPath, [main, '--data', folder, '--port', '0'], { env: {}, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
let said = ''
const listen = (text: string): void => {
  const wasReady = said.includes('Tocsin is ready')
  said += text
  if (!wasReady && said.includes('Tocsin is ready')) server.kill('SIGTERM')
}
server.stdout.setEncoding('utf8').on('data', listen)
server.stderr.setEncoding('utf8').on('data', listen)
server.once('close', code => {
  rmSync(folder, { recursive: true, force: true })
  // Not being able to start here says nothing of where it will run.
  console.log(code === 0 ? 'server: compiled' : `server: not compiled yet, the first start will be slower\n${said}`)
})
