/** What is wrong with a dashboard body, and where: `dataPath` is a JSON pointer. */
export interface Finding {
  readonly dataPath: string
  readonly message: string
}

/** A hostile megabyte can break a rule half a million times; beyond these, breaches are only counted. */
const KEPT = 100

/** Collects breaches. Errors keep a body from being stored; warnings say what may not be drawn as meant. */
export class Findings {
  readonly errors: Finding[] = []
  readonly warnings: Finding[] = []
  errorCount = 0

  error(dataPath: string, message: string): void {
    this.errorCount++
    if (this.errors.length < KEPT) this.errors.push({ dataPath, message })
  }

  warning(dataPath: string, message: string): void {
    if (this.warnings.length < KEPT) this.warnings.push({ dataPath, message })
  }
}
