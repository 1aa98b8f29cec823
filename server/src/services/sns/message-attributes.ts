import type { MessageAttributeValue } from '@aws-sdk/client-sns'
import type { MessageAttribute } from '../../model/notification.ts'
import { constraintViolations } from '../../wire/fault.ts'
import { parameterValueInvalid } from './faults.ts'

type Given = Readonly<Record<string, MessageAttributeValue>>

const NAME_LENGTH = 256

/** Attributes as messages carry them; refuses the first that SNS would refuse. `entry` is the place in a batch, from 1. */
export const messageAttributes = (given: Given, entry: number | undefined): Readonly<Record<string, MessageAttribute>> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      checkName(name)
      return [name, messageAttribute(name, value, entry)]
    }),
  )

/** Names, types and values count towards the size of a message. */
export const attributesSize = (attributes: Readonly<Record<string, MessageAttribute>>): number =>
  Object.entries(attributes).reduce((size, [name, { type, text, binary }]) => {
    const value = text === undefined ? binary.length : Buffer.byteLength(text)
    return size + Buffer.byteLength(name) + Buffer.byteLength(type) + value
  }, 0)

const checkName = (name: string): void => {
  if (name === '') throw parameterValueInvalid('The request must contain non-empty message attribute names.')
  if (Buffer.byteLength(name) > NAME_LENGTH) throw parameterValueInvalid('Length of message attribute name must be less than 256 bytes.')
  if (name.startsWith('.')) throw parameterValueInvalid("Invalid message attribute name starting with character '.' was found.")
  if (name.endsWith('.')) throw parameterValueInvalid("Invalid message attribute name ending with character '.' was found.")
  const strange = /[^A-Za-z0-9_.-]/u.exec(name)?.[0]
  if (strange !== undefined) {
    const code = strange.codePointAt(0)!.toString(16).toUpperCase()
    const found = `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name.`
    throw parameterValueInvalid(`${found} Can only include alphanumeric characters, hyphens, underscores, or dots.`)
  }
  if (name.includes('..')) throw parameterValueInvalid("Message attribute name can not have successive '.' character.")
  const reserved = /^(aws|amazon)\./i.exec(name)?.[0]
  if (reserved !== undefined) {
    throw parameterValueInvalid(`Invalid message attribute name starting with reserved prefix '${reserved}' was found.`)
  }
}

const messageAttribute = (name: string, given: MessageAttributeValue, entry: number | undefined): MessageAttribute => {
  const { DataType: type, StringValue, BinaryValue } = given
  if (type === undefined) throw constraintViolations([missingType(name, entry)])
  const kind = /^(String|Number|Binary)(\..+)?$/s.exec(type)?.[1]
  if (kind === undefined || type.length > NAME_LENGTH) {
    const prefixes = 'the set of supported type prefixes is Binary, Number, and String.'
    throw parameterValueInvalid(`The message attribute '${name}' has an invalid message attribute type, ${prefixes}`)
  }
  const wanted = `non-empty message attribute value for message attribute type '${type}'`
  const empty = parameterValueInvalid(`The message attribute '${name}' must contain ${wanted}.`)
  if (StringValue === undefined && BinaryValue === undefined) throw empty
  const field = kind === 'Binary' ? 'Binary' : 'String'
  const binary = kind === 'Binary' ? BinaryValue : undefined
  const text = kind === 'Binary' ? undefined : StringValue
  if (binary === undefined && text === undefined) {
    throw parameterValueInvalid(`The message attribute '${name}' with type '${type}' must use field '${field}'.`)
  }
  if ((binary ?? text)?.length === 0) throw empty
  if (binary !== undefined) return { type, binary }
  if (kind === 'Number') checkNumber(name, text!)
  return { type, text: text! }
}

const missingType = (name: string, entry: number | undefined): string => {
  const where = entry === undefined ? '' : `publishBatchRequestEntries.${entry}.member.`
  return `Value null at '${where}messageAttributes.${name}.member.dataType' failed to satisfy constraint: Member must not be null`
}

const checkNumber = (name: string, text: string): void => {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text.trim())) {
    throw parameterValueInvalid(`Could not cast message attribute '${name}' value to number.`)
  }
}
