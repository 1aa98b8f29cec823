import { Fault } from '../../../wire/fault.ts'
import { notFound } from '../faults.ts'

/** In AWS's words, where it is known what AWS says. */
export const conflict = (message: string): Fault => new Fault('ConflictException', message)
export const invalid = (message: string): Fault => new Fault('ValidationException', message)

export const sourceNotFound = (): Fault => notFound('Requested Delivery Source does not exist in this account.')
export const destinationNotFound = (): Fault => notFound('Requested Delivery Destination does not exist in this account.')
export const deliveryNotFound = (): Fault => notFound('Requested Delivery does not exist in this account.')
export const serviceNotFound = (): Fault => notFound('Cannot access provided service.')

export const lateTags = (): Fault => conflict('Tags can only be provided when a resource is being created, not updated.')
export const tooMany = (): Fault => new Fault('ServiceQuotaExceededException', 'Resource limit exceeded.')
