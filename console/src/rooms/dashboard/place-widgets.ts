import type { DashboardWidget } from '../../../../server/src/model/dashboard.ts'

/** Where a widget stands, in columns (of 24) and rows. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const COLUMNS = 24
const USUAL = 6

/** The places of all widgets: as they say, or else the next free one from the top left. */
export const placeWidgets = (widgets: readonly DashboardWidget[]): readonly Place[] => {
  const taken: Place[] = []
  for (const { x, y, width: wide = USUAL, height = USUAL } of widgets) {
    const width = Math.min(wide, COLUMNS)
    taken.push(x !== undefined && y !== undefined ? { x: Math.min(x, COLUMNS - width), y, width, height } : nextFree(taken, width, height))
  }
  return taken
}

/** A free place begins at a column's start or right of something, and at the top or right below something. */
const nextFree = (taken: readonly Place[], width: number, height: number): Place => {
  const rows = [...new Set([0, ...taken.map(place => place.y + place.height)])].sort((a, b) => a - b)
  const columns = [...new Set([0, ...taken.map(place => place.x + place.width)])].filter(x => x + width <= COLUMNS).sort((a, b) => a - b)
  for (const y of rows) {
    for (const x of columns) {
      const place = { x, y, width, height }
      if (!taken.some(other => overlap(place, other))) return place
    }
  }
  return { x: 0, y: rows.at(-1) ?? 0, width, height }
}

const overlap = (a: Place, b: Place): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
