import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Files of the working tree that git tracks or would track, as paths from the root with forward slashes. */
export const treeFiles = (): readonly string[] => (tree ??= listTree())

/** Nothing changes while checks run, and some ask once for every operation. */
let tree: readonly string[] | undefined
const imports = new Map<string, readonly string[]>()

const listTree = (): readonly string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter(path => path !== '' && existsSync(join(ROOT, path)))

export const isCode = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
/** Tests and what only tests use: they may reach across folders and read the machine's time. */
export const isTest = (path: string): boolean =>
  /\.(test|test-support|bench)\.tsx?$/.test(path) || path.startsWith('server/test/') || path.startsWith('checks/')

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [member: string]: unknown
}

/** The file's syntax tree (ESTree with TypeScript nodes). */
export const parse = (path: string, text = read(path)): SyntaxNode => {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`)
  return program as unknown as SyntaxNode
}

/** Calls `visit` for every node, parents first. */
export const walk = (node: SyntaxNode, visit: (node: SyntaxNode) => void): void => {
  visit(node)
  for (const member of Object.values(node)) {
    for (const child of Array.isArray(member) ? member : [member]) {
      if (isNode(child)) walk(child, visit)
    }
  }
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Module specifiers of all imports and re-exports, types included. */
export const importsOf = (path: string): readonly string[] => {
  const known = imports.get(path) ?? findImports(path)
  imports.set(path, known)
  return known
}

const findImports = (path: string): readonly string[] => {
  const found: string[] = []
  walk(parse(path), node => {
    if (!/^(ImportDeclaration|ExportNamedDeclaration|ExportAllDeclaration|ImportExpression|TSImportType)$/.test(node.type)) return
    const source = (node['source'] ?? node['argument']) as { value?: unknown; literal?: { value?: unknown } } | null | undefined
    const specifier = source?.value ?? source?.literal?.value
    if (typeof specifier === 'string') found.push(specifier)
  })
  return found
}

/** The tree path that a relative import of `from` means. */
export const resolveImport = (from: string, specifier: string): string => normalize(join(dirname(from), specifier)).replaceAll('\\', '/')

/** `path:line` of a node, for messages. */
export const place = (path: string, node: SyntaxNode): string => `${path}:${read(path).slice(0, node.start).split('\n').length}`
