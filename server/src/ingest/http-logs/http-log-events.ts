/** An event as one of the HTTP endpoints got it. */
export interface HttpLogEvent {
  /** Milliseconds since 1970; undefined: it says none, and happened now. */
  readonly at: number | undefined
  /** Numbers in it are as they were written. */
  readonly message: string
}

/** The body is none of what the endpoint takes. */
export class BadLogBody extends Error {}

/** Undefined: it is no JSON. */
export const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** `timestamp` counts if it is a number: milliseconds since 1970. */
export const millisOf = ({ timestamp }: Readonly<Record<string, unknown>>): number | undefined => (typeof timestamp === 'number' ? Math.trunc(timestamp) : undefined)
