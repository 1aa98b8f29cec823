import type { Finding } from '../../../engines/dashboards/body/findings.ts'
import { Fault } from '../../../wire/fault.ts'

export const dashboardNotFound = (message: string): Fault =>
  new Fault('ResourceNotFound', message, { shape: 'DashboardNotFoundError', status: 404 })

/** `errors` are the first of `count`. */
export const invalidDashboard = (errors: readonly Finding[], count: number): Fault =>
  refused(`The dashboard body is invalid, there are ${count} validation errors:\n${JSON.stringify(errors, undefined, 2)}`, errors)

export const unreadableDashboard = (): Fault => refused('The field DashboardBody must be a valid JSON object', [])

const refused = (message: string, errors: readonly Finding[]): Fault =>
  new Fault('InvalidParameterInput', message, {
    shape: 'DashboardInvalidInputError',
    members: { dashboardValidationMessages: errors.map(validationMessage) },
  })

export const validationMessage = ({ dataPath, message }: Finding): { DataPath: string; Message: string } => ({
  DataPath: dataPath,
  Message: message,
})
