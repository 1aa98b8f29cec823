import { epochMillis, type EpochMillis, type Millis } from './time.ts'

/** A running timer; cancelling twice, or after it has fired, is harmless. */
export interface Timer {
  cancel(): void
}

/**
 * The only source of time. Production hands out {@link systemClock}; tests hand out a clock that they move by hand,
 * so nothing ever sleeps to wait for time.
 */
export interface Clock {
  now(): EpochMillis
  /** Calls `task` once, `delay` from now. The timer does not keep the process alive. */
  after(delay: Millis, task: () => void): Timer
}

/** The machine's clock: the one home of `Date.now` and `setTimeout`. */
export const systemClock: Clock = {
  now: () => epochMillis(Date.now()),
  after(delay, task) {
    const handle = setTimeout(task, Math.max(0, Math.min(delay, 2_147_483_647)))
    handle.unref()
    return { cancel: () => clearTimeout(handle) }
  },
}

/** The machine's clock whose timers keep the process alive: for commands, which have nothing else to stay for. */
export const wakefulClock: Clock = {
  now: () => systemClock.now(),
  after(delay, task) {
    const handle = setTimeout(task, Math.max(0, Math.min(delay, 2_147_483_647)))
    return { cancel: () => clearTimeout(handle) }
  },
}

/** Resolves `delay` from now on the given clock. */
export const sleep = (clock: Clock, delay: Millis): Promise<void> =>
  new Promise(resolve => {
    clock.after(delay, resolve)
  })

/** Resolves once the I/O that is ready now has been handled: what arrives together can then be done together. */
export const afterReadyIo = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(resolve)
  })
