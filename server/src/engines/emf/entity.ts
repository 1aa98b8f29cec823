import { memberOf } from './json-object.ts'

/** What a document says of the service or the resource that it is about. */
export type EmfEntity =
  | { readonly kind: 'service'; readonly name: string; readonly environment: string }
  | { readonly kind: 'resource'; readonly resourceType: string; readonly identifier: string }

/** From the root's `Service` and `Environment`, or `ResourceType` and `Identifier`. */
export const entityOf = (root: Readonly<Record<string, unknown>>): EmfEntity | undefined => {
  const name = textOf(root, 'Service')
  const environment = textOf(root, 'Environment')
  if (name !== undefined && environment !== undefined) return { kind: 'service', name, environment }
  const resourceType = textOf(root, 'ResourceType')
  const identifier = textOf(root, 'Identifier')
  return resourceType === undefined || identifier === undefined ? undefined : { kind: 'resource', resourceType, identifier }
}

const textOf = (root: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = memberOf(root, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}
