import { readFileSync, readdirSync, statSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import type { IncomingHttpHeaders } from 'node:http'
import type { WireReply } from '../../wire/protocol.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}
const ENCODINGS = [
  { coding: 'br', suffix: '.br' },
  { coding: 'gzip', suffix: '.gz' },
] as const

/** Scripts, styles and pictures of this server only; no page may frame it. */
const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** The console's built files, looked up by name only: a path from outside never reaches the disk. */
export class ConsoleFiles {
  readonly #folder: string
  #names: ReadonlySet<string> = new Set()
  /** When the build that `#names` lists was made; a page is asked for first, so a new build is noticed with it. */
  #builtAt: number | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The answer to a GET or HEAD of `path`, or undefined when the console has no such file. */
  answer(path: string, headers: IncomingHttpHeaders): WireReply | undefined {
    const name = path === '/' ? '/index.html' : path
    if (name === '/index.html' || this.#builtAt === undefined) this.#look()
    if (!this.#names.has(name)) return undefined
    const encoding = ENCODINGS.find(({ coding, suffix }) => this.#names.has(name + suffix) && accepts(headers['accept-encoding'], coding))
    const body = read(join(this.#folder, name + (encoding?.suffix ?? '')))
    if (body === undefined) return undefined
    return {
      status: 200,
      headers: {
        ...SECURITY,
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        // Names of assets carry a hash of their content; the page itself is asked for anew.
        'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        vary: 'Accept-Encoding',
        ...(encoding === undefined ? {} : { 'content-encoding': encoding.coding }),
      },
      body,
    }
  }

  #look(): void {
    const builtAt = statSync(join(this.#folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs
    if (builtAt === this.#builtAt) return
    this.#builtAt = builtAt
    this.#names = new Set(builtAt === undefined ? [] : walk(this.#folder).map(path => `/${relative(this.#folder, path).replaceAll('\\', '/')}`))
  }
}

/** Undefined when a new build has just taken the file's place. */
const read = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const accepts = (header: string | string[] | undefined, coding: string): boolean =>
  String(header ?? '')
    .split(',')
    .some(entry => entry.trim().split(';')[0] === coding && !/;\s*q=0(\.0*)?$/.test(entry))

const walk = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
