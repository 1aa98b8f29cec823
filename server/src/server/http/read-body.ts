import type { IncomingMessage } from 'node:http'
import { Fault } from '../../wire/fault.ts'
import type { BodyBudget } from './body-budget.ts'
import { letGo } from './let-go.ts'

/** The largest body any door takes, as received. AWS's own limits (1 MB for PutMetricData) are below it and checked there. */
const MAX_BODY_BYTES = 8 * 1024 * 1024
/** What is not kept is read and thrown away up to here, so that the sender is there to read the refusal. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024

/** The whole body as received. Its length has been taken from the budget; of a body that is refused, nothing has. */
export const readBody = (request: IncomingMessage, budget: BodyBudget): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const announced = Number(request.headers['content-length'] ?? 0)
    const body = new GrowingBody(announced)
    let size = 0
    let refusal: Fault | undefined
    const refuse = (fault: Fault): void => {
      refusal ??= fault
      budget.give(body.size)
      body.clear()
    }
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_DISCARDED_BYTES) {
        reject(refusal ?? tooLarge())
        request.destroy()
      } else if (size > MAX_BODY_BYTES) refuse(tooLarge())
      else if (refusal === undefined && budget.take(chunk.length)) body.add(chunk)
      else refuse(tooMany())
    })
    // Nobody waits for what would be thrown away in the end.
    if (announced > MAX_DISCARDED_BYTES) {
      refuse(tooLarge())
      reject(refusal)
    }
    request.once('end', () => {
      if (refusal === undefined) resolve(body.bytes)
      else reject(refusal)
    })
    // Every request closes; an error, with its stack, is only made for one that was broken off.
    const brokenOff = (): void => {
      if (request.complete) return
      refuse(new Fault('RequestTimeout', 'The request was broken off before its body was complete.'))
      reject(refusal)
    }
    request.once('error', brokenOff)
    request.once('close', brokenOff)
  })

/** So much room is made at once for a body that says how long it will be; what it does not fill costs nothing. */
const MAX_EXPECTED_BYTES = 1024 * 1024

/** Pieces put together as they come: kept one by one, a body in pieces of a byte would take a hundred times its size. */
class GrowingBody {
  readonly #expected: number
  #memory: Buffer = Buffer.alloc(0)
  size = 0

  /** `announced`: how long the sender says that it is. */
  constructor(announced: number) {
    this.#expected = Math.min(MAX_EXPECTED_BYTES, announced)
  }

  get bytes(): Buffer {
    return this.#memory.subarray(0, this.size)
  }

  add(piece: Buffer): void {
    const size = this.size + piece.length
    // Most bodies come in one piece, which is then kept as it is.
    if (this.size === 0 && size >= this.#expected) this.#memory = piece
    else {
      if (size > this.#memory.length) {
        const larger = Buffer.allocUnsafeSlow(Math.min(MAX_BODY_BYTES, Math.max(size, this.#expected, this.#memory.length * 2)))
        larger.set(this.bytes)
        letGo(this.#memory)
        this.#memory = larger
      }
      this.#memory.set(piece, this.size)
      letGo(piece)
    }
    this.size = size
  }

  clear(): void {
    letGo(this.#memory)
    this.#memory = Buffer.alloc(0)
    this.size = 0
  }
}

const tooLarge = (): Fault => new Fault('RequestEntityTooLarge', `The request is larger than ${MAX_BODY_BYTES} bytes.`, { status: 413 })

const tooMany = (): Fault =>
  new Fault('ServiceUnavailable', 'Too many large requests at once; try again.', { shape: 'ServiceUnavailableException', status: 503, retryable: true })
