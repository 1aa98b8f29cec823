/** Where a part writes what an operator should know. Never once per item: count, then say it once. */
export interface Log {
  info(facts: Readonly<Record<string, unknown>>, text: string): void
  warn(facts: Readonly<Record<string, unknown>>, text: string): void
  error(facts: Readonly<Record<string, unknown>>, text: string): void
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
