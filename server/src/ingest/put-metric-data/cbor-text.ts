import { type Literal, literal } from './same-bytes.ts'

/** A short text as CBOR has it: its head and its characters. */
export const cborText = (characters: string): Literal => literal(0x60 + characters.length, ...new TextEncoder().encode(characters))
