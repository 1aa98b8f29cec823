import { Fault } from '../../wire/fault.ts'

/** CloudWatch Logs' catalogue of refusals. */
export const invalidParameter = (message: string): Fault => new Fault('InvalidParameterException', message)

export const invalidOperation = (message: string): Fault => new Fault('InvalidOperationException', message)
/** Of a log group in another class. */
export const standardOnly = (): Fault => new Fault('ValidationException', 'This operation is only supported on the Standard log class.')
export const limitExceeded = (): Fault => new Fault('LimitExceededException', 'Resource limit exceeded.')

export const mutuallyExclusive = (): Fault => new Fault('ValidationException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.')

export const groupNotFound = (): Fault => notFound('The specified log group does not exist.')
export const streamNotFound = (): Fault => notFound('The specified log stream does not exist.')
export const notFound = (message: string): Fault => new Fault('ResourceNotFoundException', message)

export const groupExists = (): Fault => new Fault('ResourceAlreadyExistsException', 'The specified log group already exists')
export const groupReserved = (): Fault => invalidParameter('Log groups starting with AWS/ are reserved for AWS.')
export const streamExists = (): Fault => new Fault('ResourceAlreadyExistsException', 'The specified log stream already exists')

export const deletionProtected = (): Fault =>
  new Fault('ValidationException', 'The specified log group has deletion protection enabled. Disable it before you delete the log group or its log streams.')

export const tooManyTags = (resource: string): Fault =>
  new Fault('TooManyTagsException', 'The resource has too many tags.', { members: { resourceName: resource } })
