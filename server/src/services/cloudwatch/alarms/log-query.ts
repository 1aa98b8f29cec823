import { logGroupArn, parseArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { compileQuery, sourceOf } from '../../../engines/insights/compile-query.ts'
import type { SourceNode } from '../../../engines/insights/grammar/query-tree.ts'

/** What an Insights query asks for, whatever groups there are. */
export interface LogQueryNeeds {
  /** It names the groups itself. */
  readonly sources: boolean
  /** The groups that its SOURCEs name, those of queries within it among them; undefined: any. */
  readonly groups: readonly string[] | undefined
  readonly commands: ReadonlySet<string>
}

/** Throws `InsightsProblem`. */
export const readLogQuery = (text: string): LogQueryNeeds => {
  const inner: SourceNode[] = []
  const source = sourceOf(text)
  const { commands } = compileQuery(text, {
    start: 0,
    end: 0,
    now: 0,
    groups: [{ id: 0, label: '', from: 0, to: 0, deleted: [] }],
    groupsOf: node => {
      inner.push(node)
      return []
    },
  })
  const all = source === undefined ? inner : [source, ...inner]
  const groups = all.some(({ search }) => search !== undefined) ? undefined : all.flatMap(node => node.groups)
  return { sources: source !== undefined, groups, commands }
}

/** What StartQuery asks policies about: the groups of the tenant, by name or ARN. */
export const groupResources = (groups: readonly string[] | undefined, tenant: Tenant): readonly string[] =>
  (groups ?? ['*']).map(group => {
    const arn = group.startsWith('arn:') && parseArn(group) !== undefined ? group.replace(/:\*$/, '') : logGroupArn(tenant, group)
    return `${arn}:log-stream:`
  })
