import { Fault } from '../../wire/fault.ts'

/** CloudWatch's catalogue of refusals, with the codes of its query protocol and the shapes of its model. */
export const invalidParameterValue = (message: string): Fault =>
  new Fault('InvalidParameterValue', message, { shape: 'InvalidParameterValueException' })

export const invalidParameterCombination = (message: string): Fault =>
  new Fault('InvalidParameterCombination', message, { shape: 'InvalidParameterCombinationException' })

export const missingParameter = (name: string): Fault =>
  new Fault('MissingParameter', `The parameter ${name} is required.`, { shape: 'MissingRequiredParameterException' })

export const invalidNextToken = (): Fault => new Fault('InvalidNextToken', 'The next token specified is invalid.')

export const alarmNotFound = (name: string): Fault =>
  new Fault('ResourceNotFound', `The alarm ${name} does not exist.`, { status: 404 })

/** What the tag operations answer: they speak of resources of any kind. */
export const resourceNotFound = (type: string, id: string): Fault =>
  new Fault('ResourceNotFoundException', `${type} ${id} does not exist.`, {
    status: 404,
    members: { ResourceType: type, ResourceId: id },
  })

export const invalidFormat = (message: string): Fault => new Fault('InvalidFormat', message, { shape: 'InvalidFormatFault' })

export const limitExceeded = (message: string): Fault => new Fault('LimitExceeded', message, { shape: 'LimitExceededFault' })
