import type { Difference, Service } from '../../services/operation.ts'
import { modelOperations } from './model-members.ts'
import { table } from './table.ts'

/** Every operation of the service's model with its state. */
export const everyOperation = (service: Service): string => {
  const served = new Map(service.operations.map(operation => [operation.name, operation]))
  const rows = modelOperations(service.schemas).map(name => [name, stateOf(served.get(name)?.differs, service.missing?.[name])])
  return table(['operation', 'state'], rows)
}

/** The operations that are served; of the others only how many there are. */
export const servedOperations = ({ operations, schemas }: Service): string => {
  const rows = operations.map(({ name, differs = [] }) => [name, stateOf(differs, undefined)]).toSorted(([a], [b]) => (a! < b! ? -1 : 1))
  const others = modelOperations(schemas).length - operations.length
  const rest = others === 0 ? [] : [[`${others} others`, 'missing; they answer `NotImplemented` with their name']]
  return table(['operation', 'state'], [...rows, ...rest])
}

const stateOf = (differs: readonly Difference[] | undefined, missing: string | undefined): string => {
  if (missing !== undefined) return `missing: it needs ${missing}`
  return differs === undefined || differs.length === 0 ? 'done' : `differs: ${differs.map(difference).join('<br>')}`
}

const difference = ({ member, how }: Difference): string => (member === undefined ? how : `\`${member}\`: ${how}`)
