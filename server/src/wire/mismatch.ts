import { Fault } from './fault.ts'

/** Structures, lists and maps inside each other beyond this are refused before they can exhaust the stack. */
export const MAX_DEPTH = 64

/** A value that does not fit its shape; the path grows from the inside out while it is passed up. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
  readonly #path: string[] = []
  /** A number that no service accepts, `NaN` or an infinity; CloudWatch has a text of its own for it. */
  readonly #number: string | undefined

  constructor(message: string, number?: string) {
    super(message)
    this.#number = number
  }

  within(step: string): this {
    this.#path.unshift(step)
    return this
  }

  /** `code` is the one of the query protocol: `MalformedInput` there, `SerializationException` elsewhere. */
  fault(code: 'SerializationException' | 'MalformedInput'): Fault {
    const path = this.#path.join('.')
    if (this.#number !== undefined) {
      const text = `The value ${this.#number} for parameter ${path} is invalid.`
      return new Fault('InvalidParameterValue', text, { shape: 'InvalidParameterValueException' })
    }
    const message = path === '' ? this.message : `${this.message} (at '${path}')`
    return new Fault(code, message, { shape: 'SerializationException' })
  }
}

/** The step from a list to its element, counted as the query protocol counts. */
export const memberStep = (index: number): string => `member.${index + 1}`

export const within = (error: unknown, step: string): unknown => (error instanceof Mismatch ? error.within(step) : error)

/** Runs a reader; whatever does not fit becomes the protocol's fault. */
export const reading = <Value>(code: 'SerializationException' | 'MalformedInput', read: () => Value): Value => {
  try {
    return read()
  } catch (error) {
    throw error instanceof Mismatch ? error.fault(code) : error
  }
}

/** AWS's wording for a JSON token (CBOR items go by the same names) where another type is wanted. */
export const cannotConvert = (found: string, wanted: string): Mismatch => {
  if (found === 'list') return new Mismatch('Start of list found where not expected')
  if (found === 'structure') return new Mismatch('Start of structure or map found where not expected')
  if (wanted === 'list' || wanted === 'structure' || wanted === 'map') return new Mismatch(`Expected ${wanted} or null`)
  return new Mismatch(`${found} can not be converted to ${wanted}`)
}

export const tooDeep = (): Mismatch => new Mismatch(`Nesting is deeper than ${MAX_DEPTH} levels`)

export const finite = (value: number): number => {
  if (!Number.isFinite(value)) throw new Mismatch('Not a finite number', String(value))
  return value
}
