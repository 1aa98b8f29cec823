import type { Clock } from '../base/clock.ts'

export type Look = 'dim' | 'cyan' | 'red' | 'yellow' | 'bold'

/** Where a command writes, what time it is there, and whether somebody wants it to end. */
export interface Terminal {
  readonly clock: Clock
  /** Aborted by Ctrl-C. */
  readonly stopped: AbortSignal
  /** Resolves when whoever reads has taken it: what is read in pages must not pile up. */
  out(text: string): Promise<void>
  /** The text in a look, where what is written goes to a screen that has colours. */
  readonly look: (look: Look, text: string) => string
  /** One line about how far it is, over the one before; only where somebody looks. */
  progress(text: string): void
  /** One line for people. */
  note(text: string): void
}

/** Resolves after so many milliseconds, or at once when the command is to end. */
export const pause = ({ clock, stopped }: Terminal, delay: Parameters<Clock['after']>[0]): Promise<void> =>
  new Promise(resolve => {
    if (stopped.aborted) {
      resolve()
      return
    }
    const end = (): void => {
      timer.cancel()
      stopped.removeEventListener('abort', end)
      resolve()
    }
    const timer = clock.after(delay, end)
    stopped.addEventListener('abort', end)
  })
