import { Fault } from '../../wire/fault.ts'

/** IAM's catalogue of refusals, with the codes of its query protocol and the shapes of its model. */
const noSuchEntity = (message: string): Fault => new Fault('NoSuchEntity', message, { status: 404, shape: 'NoSuchEntityException' })

export const noSuchUser = (name: string): Fault => noSuchEntity(`The user with name ${name} cannot be found.`)
export const noSuchKey = (id: string): Fault => noSuchEntity(`The Access Key with id ${id} cannot be found.`)
export const noSuchPolicy = (name: string): Fault => noSuchEntity(`The user policy with name ${name} cannot be found.`)

export const entityAlreadyExists = (message: string): Fault =>
  new Fault('EntityAlreadyExists', message, { status: 409, shape: 'EntityAlreadyExistsException' })

export const deleteConflict = (message: string): Fault =>
  new Fault('DeleteConflict', message, { status: 409, shape: 'DeleteConflictException' })

export const limitExceeded = (message: string): Fault =>
  new Fault('LimitExceeded', message, { status: 409, shape: 'LimitExceededException' })

export const malformedPolicy = (message: string): Fault =>
  new Fault('MalformedPolicyDocument', message, { shape: 'MalformedPolicyDocumentException' })

export const invalidInput = (message: string): Fault => new Fault('InvalidInput', message, { shape: 'InvalidInputException' })
