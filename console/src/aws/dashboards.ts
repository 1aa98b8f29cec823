import type { Connection } from './connection.ts'
import type { DashboardEntry, DashboardMessage } from './shapes.ts'

const MOST_PAGES = 10

export const readDashboards = async (connection: Connection, signal: AbortSignal): Promise<readonly DashboardEntry[]> => {
  const entries: DashboardEntry[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await connection.cloudWatch('ListDashboards', { NextToken: token }, signal)
    entries.push(...(answer.DashboardEntries ?? []))
    token = answer.NextToken
    if (token === undefined) break
  }
  return entries
}

/** The body's text as it was put. */
export const readDashboard = async (connection: Connection, name: string, signal: AbortSignal): Promise<string> =>
  (await connection.cloudWatch('GetDashboard', { DashboardName: name }, signal)).DashboardBody ?? ''

/** Stores a body; answers what may not be drawn as meant. Throws an `AwsError` whose members tell what is wrong. */
export const putDashboard = async (connection: Connection, name: string, body: string): Promise<readonly DashboardMessage[]> =>
  (await connection.cloudWatch('PutDashboard', { DashboardName: name, DashboardBody: body })).DashboardValidationMessages ?? []

export const dashboardPage = (name: string): string => `#/dashboards/${encodeURIComponent(name)}`
