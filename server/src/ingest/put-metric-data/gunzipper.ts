import { constants, createGunzip, gzipSync } from 'node:zlib'

/** The part of node:zlib's native handle that {@link Gunzipper} drives; Node's own streams do the same. */
interface Handle {
  reset(): void
  writeSync(
    flush: number, input: Uint8Array, inputAt: number, inputLength: number, output: Uint8Array, outputAt: number, outputLength: number,
  ): void
  onerror: (message: string, errno: number, code: string) => void
}

interface Internals {
  readonly handle: Handle
  /** Room left in the output, and bytes left in the input, after a write. */
  readonly state: Uint32Array
}

/**
 * Inflates gzip into one piece of memory again and again. `gunzipSync` makes a new one each time, and for bodies of 200 kB
 * the garbage collection that this brings costs more than inflating: with this, the server takes half as many datapoints
 * again per second of CPU.
 *
 * It reaches into node:zlib for that, and therefore trusts nothing: it tries itself out first, and whatever is not a plain
 * success is answered with undefined, for the public function to decide.
 */
export class Gunzipper {
  readonly #output: Buffer
  #internals: Internals | undefined
  #failed = false

  /** `limit`: the longest output, in bytes. `output`, which must have room for more than that, is where it comes. */
  constructor(limit: number, output: Buffer = Buffer.allocUnsafeSlow(limit + 1)) {
    // One byte more than the limit, so that full means too long.
    this.#output = output.subarray(0, limit + 1)
    this.#internals = this.#open()
    const sample = Buffer.from('a sample, a sample')
    if (this.inflate(gzipSync(sample))?.equals(sample) !== true) this.#internals = undefined
  }

  /** The output, valid until the next call. */
  inflate(body: Uint8Array): Buffer | undefined {
    const internals = this.#internals
    if (internals === undefined) return undefined
    const { handle, state } = internals
    this.#failed = false
    handle.reset()
    handle.writeSync(constants.Z_FINISH, body, 0, body.byteLength, this.#output, 0, this.#output.length)
    if (this.#failed) {
      this.#internals = this.#open()
      return undefined
    }
    const [room, left] = state
    return room === undefined || room === 0 || left !== 0 ? undefined : this.#output.subarray(0, this.#output.length - room)
  }

  #open(): Internals | undefined {
    const internals = internalsOf(createGunzip())
    if (internals !== undefined) internals.handle.onerror = () => (this.#failed = true)
    return internals
  }
}

/** The handle and state behind a stream, where this version of Node has them in the known place and shape. */
const internalsOf = (stream: object): Internals | undefined => {
  const { _handle: handle, _writeState: state } = stream as { readonly _handle?: Partial<Handle>; readonly _writeState?: unknown }
  if (typeof handle?.reset !== 'function' || typeof handle.writeSync !== 'function' || !(state instanceof Uint32Array)) return undefined
  return { handle: handle as Handle, state }
}
