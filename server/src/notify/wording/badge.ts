import type { AlarmFacts, Severity } from '../../model/notification.ts'

/** How bad it is, in one glance. */
export interface Badge {
  readonly emoji: string
  readonly word: string
  /** `#rrggbb` */
  readonly color: string
}

const RED = '#d13212'
const ORANGE = '#eb5f07'
const YELLOW = '#b2911c'
const BLUE = '#0972d3'
const GREEN = '#1d8102'
const GREY = '#687078'

const BY_SEVERITY: Readonly<Record<Severity, Badge>> = {
  P1: { emoji: '🚨', word: 'Critical', color: RED },
  P2: { emoji: '🔴', word: 'High', color: RED },
  P3: { emoji: '🟠', word: 'Warning', color: ORANGE },
  P4: { emoji: '🟡', word: 'Low', color: YELLOW },
  Info: { emoji: '🔵', word: 'Info', color: BLUE },
}
const UNTAGGED: Badge = { emoji: '🔔', word: 'Alarm', color: RED }
const RESOLVED: Badge = { emoji: '✅', word: 'Resolved', color: GREEN }
/** It never was in ALARM: there is nothing that was resolved. */
const WELL: Badge = { ...RESOLVED, word: 'OK' }
const NO_DATA: Badge = { emoji: '❔', word: 'Insufficient data', color: GREY }

export const badgeOf = (facts: Pick<AlarmFacts, 'state' | 'previousState' | 'severity'>): Badge => {
  switch (facts.state) {
    case 'ALARM':
      return facts.severity === undefined ? UNTAGGED : BY_SEVERITY[facts.severity]
    case 'OK':
      return facts.previousState === 'ALARM' ? RESOLVED : WELL
    case 'INSUFFICIENT_DATA':
      return NO_DATA
  }
}
