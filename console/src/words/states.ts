import type { StateValue } from '../aws/shapes.ts'

export const STATES: readonly StateValue[] = ['ALARM', 'INSUFFICIENT_DATA', 'OK']

export const STATE_NAMES: Readonly<Record<StateValue, string>> = {
  ALARM: 'In alarm', OK: 'OK', INSUFFICIENT_DATA: 'Insufficient data',
}

export const isState = (text: unknown): text is StateValue => typeof text === 'string' && Object.hasOwn(STATE_NAMES, text)
