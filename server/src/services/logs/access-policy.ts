import { isObject } from '../../base/is-object.ts'
import { invalidParameter } from './faults.ts'

/**
 * Refuses a policy of a resource that has not the shape of IAM's: an object with statements, each of which allows or denies. What the
 * statements say is not looked at, since nothing asks them here.
 */
export const requireAccessPolicy = (document: string): void => {
  const policy = parsed(document)
  if (!isObject(policy)) throw malformed()
  const { Statement: given } = policy
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (!statements.every(isStatement)) throw malformed()
}

const malformed = () =>
  invalidParameter('Error occurred while parsing accessPolicy. Please check if the accessPolicy has been constructed correctly using IAM grammar.')

const isStatement = (value: unknown): boolean => isObject(value) && (value['Effect'] === 'Allow' || value['Effect'] === 'Deny')

const parsed = (document: string): unknown => {
  try {
    return JSON.parse(document)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
