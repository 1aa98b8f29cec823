import type { DeleteDashboardsCommandInput, DeleteDashboardsOutput } from '@aws-sdk/client-cloudwatch'
import { enforce, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { dashboardNotFound } from './dashboards/faults.ts'
import { dashboardName, dashboardResources } from './dashboards/name.ts'
import type { DashboardStore } from './dashboards/ports.ts'
import { invalidParameterValue } from './faults.ts'

const INPUT = structure({ DashboardNames: list(text()) }, ['DashboardNames'])

/** Deletes all that are named, or none when one of them is unknown. */
export const deleteDashboards = (dashboards: DashboardStore) =>
  operation<DeleteDashboardsCommandInput, DeleteDashboardsOutput>({
    name: 'DeleteDashboards',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => dashboardResources(input.DashboardNames ?? [], tenant),
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const names = [...new Set(input.DashboardNames!.map(dashboardName))]
      if (names.length === 0) throw invalidParameterValue('Need at least 1 dashboard')
      const missing = await dashboards.delete(tenant.account, names)
      if (missing.length > 0) throw dashboardNotFound(`The specified dashboard does not exist. [${missing.join(', ')}]`)
      return {}
    },
  })
