import { operationSchema, type Shape } from '../../wire/schema.ts'

/** Every operation of a model, by name. */
export const modelOperations = (schemas: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(schemas)
    .flatMap(name => (name.endsWith('$') ? operationSchema(schemas, name.slice(0, -1))?.name ?? [] : []))
    .sort()

/** The paths of all members of an operation's input and output: `Metrics.MetricStat.Stat`; lists add nothing to a path. */
export const memberPaths = (schemas: Readonly<Record<string, unknown>>, operation: string): ReadonlySet<string> => {
  const schema = operationSchema(schemas, operation)
  const paths = new Set<string>()
  const visit = (shape: Shape, path: string, above: readonly Shape[]): void => {
    if (above.includes(shape)) return
    if (shape.kind === 'list') visit(shape.item, path, above)
    if (shape.kind !== 'structure') return
    for (const member of shape.members) {
      const at = path === '' ? member.name : `${path}.${member.name}`
      paths.add(at)
      visit(member.shape, at, [...above, shape])
    }
  }
  if (schema !== undefined) {
    visit(schema.input, '', [])
    visit(schema.output, '', [])
  }
  return paths
}
