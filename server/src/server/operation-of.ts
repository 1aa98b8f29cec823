import type { Operation, Service } from '../services/operation.ts'

/** An operation by its name, for calls from inside the house: they take the same way as anybody's, less HTTP. */
export const operationOf = <Input, Output>(services: readonly Service[], service: string, name: string): Operation<Input, Output> => {
  const found = services.find(({ actionPrefix }) => actionPrefix === service)?.operations.find(operation => operation.name === name)
  if (found === undefined) throw new RangeError(`no operation ${service}:${name}`)
  return found as unknown as Operation<Input, Output>
}
