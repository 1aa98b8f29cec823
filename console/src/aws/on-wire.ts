/**
 * An SDK shape as AWS JSON carries it: times are epoch seconds (with a fraction), blobs are base64 text. The SDK's
 * types are the contract; its code never enters the bundle.
 */
export type OnWire<Shape> = Shape extends Date
  ? number
  : Shape extends Uint8Array
    ? string
    : Shape extends readonly (infer Item)[]
      ? OnWire<Item>[]
      : Shape extends object
        ? { [Member in keyof Shape]: OnWire<Shape[Member]> }
        : Shape
