import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles'
import { useSyncExternalStore } from 'react'
import { keep, kept } from './kept.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'
export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark']

const system = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
const isChoice = (text: string | undefined): text is ThemeChoice => THEME_CHOICES.some(choice => choice === text)
const remembered = kept('theme')
let choice: ThemeChoice = isChoice(remembered) ? remembered : 'system'

const resolved = (): 'light' | 'dark' => (choice === 'system' ? (system.matches ? 'dark' : 'light') : choice)

const apply = (): void => {
  applyMode(resolved() === 'dark' ? Mode.Dark : Mode.Light)
  document.documentElement.style.colorScheme = resolved()
  for (const listener of listeners) listener()
}

/** Puts the viewer's theme on the page, before anything is drawn, and follows the system's from then on. */
export const startTheme = (): void => {
  document.body.classList.add('tocsin')
  applyDensity(Density.Compact)
  apply()
  system.addEventListener('change', apply)
}

export const chooseTheme = (next: ThemeChoice): void => {
  choice = next
  keep('theme', next)
  apply()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, () => choice)
/** The theme in effect; graphs redraw their canvas when it changes. */
export const useTheme = (): 'light' | 'dark' => useSyncExternalStore(subscribe, resolved)
