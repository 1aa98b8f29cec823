import { expect, test } from 'vitest'
import { importsOf, isCode, isTest, read, resolveImport, treeFiles } from './source-files.ts'

/** Who may import whom inside `server/src`; docs/architecture.md explains why. A trailing path names single files. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  model: ['base'],
  wire: ['base'],
  sql: ['base'],
  egress: ['base'],
  engines: ['base', 'model'],
  store: ['base', 'model', 'sql'],
  notify: ['base', 'model'],
  runbooks: ['base', 'model'],
  ingest: ['base', 'model'],
  collectors: ['base', 'model'],
  reports: ['base', 'model', 'engines'],
  services: ['base', 'model', 'engines', 'wire/fault.ts', 'wire/service.ts', 'wire/published-schemas.ts'],
  jobs: ['base', 'model', 'engines'],
  cli: ['base', 'wire'],
  server: ['base', 'model', 'wire', 'sql', 'egress', 'engines', 'store', 'notify', 'runbooks', 'ingest', 'collectors', 'reports', 'services', 'jobs'],
}
/** Doors refuse in the caller's protocol, so they may throw wire's faults. */
const EXTRA: Readonly<Record<string, readonly string[]>> = {
  ingest: ['wire/fault.ts'],
  'engines/insight-rules': ['sql'],
  'engines/insights': ['sql'],
  'engines/patterns': ['sql'],
  'engines/statistics': ['sql'],
}

const SOURCE = 'server/src/'
const files = treeFiles().filter(path => isCode(path) && !isTest(path))
const serverFiles = files.filter(path => path.startsWith(SOURCE))
const folderOf = (path: string): string => {
  const [folder, ...rest] = path.slice(SOURCE.length).split('/')
  return rest.length === 0 ? 'server' : (folder ?? '')
}

const allowed = (from: string, to: string): boolean => {
  const folder = folderOf(from)
  if (folder === folderOf(to)) return true
  const inside = to.slice(SOURCE.length)
  const area = from.slice(SOURCE.length).split('/').slice(0, 2).join('/')
  const entries = [...(ALLOWED[folder] ?? []), ...(EXTRA[folder] ?? []), ...(EXTRA[area] ?? [])]
  return entries.some(entry => inside === entry || inside.startsWith(`${entry}/`))
}

test('dependencies point down, by the allowlist', () => {
  const refused: string[] = []
  for (const from of serverFiles) {
    for (const specifier of importsOf(from)) {
      if (!specifier.startsWith('.')) continue
      const to = resolveImport(from, specifier)
      if (!to.startsWith(SOURCE)) refused.push(`${from} reaches out of the server: ${specifier}`)
      else if (!allowed(from, to)) refused.push(`${from} may not import ${to}`)
    }
  }
  expect(refused).toEqual([])
})

test('of AWS\'s clients, only types are imported, and schemas where they are needed', () => {
  const clients = serverFiles.filter(path => /^import (?!type\b)[^']*'@aws-sdk\/client-/m.test(read(path)))
  expect(clients).toEqual([])
})

/** What the console shares with the server, types of the model among it (docs/decisions/0006-console-shares-dashboard-code.md). */
const SHARED_WITH_CONSOLE = [
  'engines/charts', 'engines/dashboards', 'engines/languages', 'engines/composite/parse.ts', 'engines/composite/rule.ts', 'base', 'model',
]
const isShared = (path: string): boolean =>
  SHARED_WITH_CONSOLE.some(entry => path === `${SOURCE}${entry}` || path.startsWith(`${SOURCE}${entry}/`))

test('the console takes from the server what is pure and shared, and types of the model', () => {
  const refused = files
    .filter(path => path.startsWith('console/src/'))
    .flatMap(from => importsOf(from).filter(specifier => specifier.startsWith('.')).map(specifier => ({ from, to: resolveImport(from, specifier) })))
    .filter(({ to }) => to.startsWith('server/') && !isShared(to))
  expect(refused).toEqual([])
})

test('what the console shares stays small: it imports nothing else of the server', () => {
  const refused = serverFiles
    .filter(path => path.startsWith(`${SOURCE}engines/`) && isShared(path))
    .flatMap(from => importsOf(from).map(specifier => ({ from, to: specifier.startsWith('.') ? resolveImport(from, specifier) : specifier })))
    .filter(({ to }) => !isShared(to))
  expect(refused).toEqual([])
})

test('every folder of the server has its line in the allowlist', () => {
  const folders = new Set(serverFiles.map(folderOf))
  expect([...folders].filter(folder => ALLOWED[folder] === undefined)).toEqual([])
})

test('engines are pure: they import nothing of the machine', () => {
  const impure = serverFiles
    .filter(path => /\/(engines|model)\//.test(path))
    .flatMap(path => importsOf(path).filter(specifier => specifier.startsWith('node:')).map(specifier => `${path} imports ${specifier}`))
  expect(impure).toEqual([])
})

/** Rings of imports, each as the way round. */
const cyclesIn = (edges: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const state = new Map<string, 'open' | 'done'>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    state.set(path, 'open')
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of edges.keys()) visit(path, [])
  return cycles
}

test('there are no cycles, types included', () => {
  const edges = files.map(path => [path, importsOf(path).filter(specifier => specifier.startsWith('.')).map(specifier => resolveImport(path, specifier))] as const)
  expect(cyclesIn(new Map(edges))).toEqual([])
})

test('the checks see what they are for', () => {
  expect(cyclesIn(new Map([['a', ['b']], ['b', ['c']], ['c', ['b']]]))).toEqual(['b → c → b'])
  const at = (path: string): string => `server/src/${path}`
  expect(allowed(at('services/sns/publish.ts'), at('wire/fault.ts'))).toBe(true)
  expect(allowed(at('services/sns/publish.ts'), at('wire/protocol.ts'))).toBe(false)
  expect(allowed(at('services/sns/publish.ts'), at('store/control/topics.ts'))).toBe(false)
  expect(allowed(at('engines/alarms/evaluate.ts'), at('store/head/head.ts'))).toBe(false)
  expect(allowed(at('base/clock.ts'), at('model/alarm.ts'))).toBe(false)
})
