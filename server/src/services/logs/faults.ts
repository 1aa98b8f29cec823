import { Fault } from '../../wire/fault.ts'

/** CloudWatch Logs' catalogue of refusals. */
export const invalidParameter = (message: string): Fault => new Fault('InvalidParameterException', message)

export const mutuallyExclusive = (): Fault => new Fault('ValidationException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.')

export const groupNotFound = (): Fault => notFound('The specified log group does not exist.')
export const streamNotFound = (): Fault => notFound('The specified log stream does not exist.')
export const notFound = (message: string): Fault => new Fault('ResourceNotFoundException', message)

export const groupExists = (): Fault => new Fault('ResourceAlreadyExistsException', 'The specified log group already exists')
export const streamExists = (): Fault => new Fault('ResourceAlreadyExistsException', 'The specified log stream already exists')
