import type { Brand } from './brand.ts'

/** Milliseconds since 1970-01-01T00:00:00Z; what {@link Clock.now} answers. */
export type EpochMillis = Brand<number, 'EpochMillis'>
/** Whole seconds since 1970-01-01T00:00:00Z; how metric timestamps are kept. */
export type EpochSeconds = Brand<number, 'EpochSeconds'>
/** A length of time in milliseconds. */
export type Millis = Brand<number, 'Millis'>
/** A length of time in seconds; every CloudWatch period. */
export type Seconds = Brand<number, 'Seconds'>

export const epochMillis = (value: number): EpochMillis => value as EpochMillis
export const epochSeconds = (value: number): EpochSeconds => value as EpochSeconds
export const millis = (value: number): Millis => value as Millis
export const seconds = (value: number): Seconds => value as Seconds

export const toSeconds = (at: EpochMillis): EpochSeconds => Math.floor(at / 1000) as EpochSeconds
export const toMillis = (at: EpochSeconds): EpochMillis => (at * 1000) as EpochMillis

export const later = (a: EpochSeconds, b: EpochSeconds): EpochSeconds => (a > b ? a : b)

/** The start of the epoch-aligned bucket of `period` seconds that holds `at`. */
export const floorTo = (at: EpochSeconds, period: Seconds): EpochSeconds => (Math.floor(at / period) * period) as EpochSeconds

/** `2025-02-02T12:06:35.472Z` */
export const isoTime = (at: EpochMillis): string => new Date(at).toISOString()
/** `2025-02-02T12:06:35.472+0000`: how CloudWatch writes times inside its JSON documents. */
export const cloudWatchTime = (at: EpochMillis): string => new Date(at).toISOString().replace('Z', '+0000')
