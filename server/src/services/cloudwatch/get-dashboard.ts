import type { GetDashboardCommandInput, GetDashboardOutput } from '@aws-sdk/client-cloudwatch'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { dashboardNotFound } from './dashboards/faults.ts'
import { dashboardName, dashboardResources } from './dashboards/name.ts'
import type { DashboardStore } from './dashboards/ports.ts'

const INPUT = structure({ DashboardName: text() }, ['DashboardName'])

export const getDashboard = (dashboards: DashboardStore) =>
  operation<GetDashboardCommandInput, GetDashboardOutput>({
    name: 'GetDashboard',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => dashboardResources([input.DashboardName], tenant),
    async run(input, call) {
      enforce(INPUT, input)
      const name = dashboardName(input.DashboardName!)
      const dashboard = await dashboards.get(call.tenant.account, name)
      if (dashboard === undefined) throw dashboardNotFound(`Dashboard ${name} does not exist`)
      return { DashboardArn: dashboard.arn, DashboardBody: dashboard.body, DashboardName: dashboard.name }
    },
  })
