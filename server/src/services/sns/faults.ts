import { Fault } from '../../wire/fault.ts'

/** SNS's catalogue of refusals, with the codes of its query protocol and the shapes of its model. */
export const invalidParameter = (reason: string): Fault => refusal(`Invalid parameter: ${reason}`)

/** Where SNS leaves its usual beginning out. */
export const refusal = (message: string): Fault => new Fault('InvalidParameter', message, { shape: 'InvalidParameterException' })

export const topicNotFound = (): Fault => new Fault('NotFound', 'Topic does not exist', { status: 404, shape: 'NotFoundException' })

export const subscriptionNotFound = (): Fault =>
  new Fault('NotFound', 'Subscription does not exist', { status: 404, shape: 'NotFoundException' })

/** What the tag operations answer. */
export const resourceNotFound = (): Fault =>
  new Fault('ResourceNotFound', 'Resource does not exist', { status: 404, shape: 'ResourceNotFoundException' })

export const tagLimitExceeded = (): Fault =>
  new Fault('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded', { shape: 'TagLimitExceededException' })

export const filterPolicyLimitExceeded = (): Fault =>
  new Fault('FilterPolicyLimitExceeded', 'Filter policy limit exceeded', { status: 403, shape: 'FilterPolicyLimitExceededException' })

export const authorizationError = (message: string): Fault =>
  new Fault('AuthorizationError', message, { status: 403, shape: 'AuthorizationErrorException' })

export const invalidState = (reason: string): Fault => new Fault('InvalidState', `Invalid state: ${reason}`, { shape: 'InvalidStateException' })

/** About message attributes. */
export const parameterValueInvalid = (message: string): Fault =>
  new Fault('ParameterValueInvalid', message, { shape: 'InvalidParameterValueException' })
