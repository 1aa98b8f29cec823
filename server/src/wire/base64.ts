const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Undefined for anything that is not whole, padded base64; Buffer alone would skip what it does not know. */
export const readBase64 = (text: string): Uint8Array | undefined =>
  text.length % 4 === 0 && BASE64.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : undefined

export const writeBase64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
