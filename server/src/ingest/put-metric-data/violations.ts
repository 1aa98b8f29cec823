import { Fault } from '../../wire/fault.ts'

/** A thousand datums can each be wrong; what a person reads is the first few. */
const MAX_LINES = 20

type Code = 'MissingParameter' | 'InvalidParameterValue' | 'InvalidParameterCombination'

const SHAPES: Readonly<Record<Code, string>> = {
  MissingParameter: 'MissingRequiredParameterException',
  InvalidParameterValue: 'InvalidParameterValueException',
  InvalidParameterCombination: 'InvalidParameterCombinationException',
}

/**
 * What is wrong with a request. CloudWatch reports all violations of one kind together, a line each, under one code: that
 * of the first one found.
 */
export class Violations {
  #code: Code | undefined
  readonly #lines: string[] = []

  missing(parameter: string): void {
    this.#add('MissingParameter', `The parameter ${parameter} is required.`)
  }

  invalid(message: string): void {
    this.#add('InvalidParameterValue', message)
  }

  value(value: number | string, parameter: string): void {
    this.invalid(`The value ${typeof value === 'number' ? numberText(value) : value} for parameter ${parameter} is invalid.`)
  }

  tooLong(parameter: string, limit: number): void {
    this.invalid(`The parameter ${parameter} must be shorter than ${limit + 1} characters.`)
  }

  exclusive(one: string, other: string): void {
    this.combination(`The parameters ${one} and ${other} are mutually exclusive and you have specified both.`)
  }

  combination(message: string): void {
    this.#add('InvalidParameterCombination', message)
  }

  /** Throws what was collected, if anything was. */
  settle(): void {
    if (this.#code !== undefined) throw new Fault(this.#code, this.#lines.join('\n'), { shape: SHAPES[this.#code] })
  }

  #add(code: Code, line: string): void {
    this.#code ??= code
    if (code === this.#code && this.#lines.length < MAX_LINES) this.#lines.push(line)
  }
}

/** Numbers as CloudWatch writes them in its messages: `1.0E308`, `-∞`, `NaN`. */
const numberText = (value: number): string => {
  if (value === Infinity) return '∞'
  if (value === -Infinity) return '-∞'
  return value.toString().replace(/e\+?/, 'E')
}
