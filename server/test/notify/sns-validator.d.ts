declare module 'sns-validator' {
  export default class MessageValidator {
    constructor(hostPattern?: RegExp, encoding?: string)
    validate(message: string, callback: (error: Error | null, message?: Readonly<Record<string, unknown>>) => void): void
  }
}
