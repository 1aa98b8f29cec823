declare const brand: unique symbol

/**
 * A plain value that carries the name of its unit or format in its type, so that seconds cannot be handed to
 * something that wants milliseconds. Costs nothing at run time.
 */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
