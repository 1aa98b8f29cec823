import type { PutDashboardCommandInput, PutDashboardOutput } from '@aws-sdk/client-cloudwatch'
import { dashboardArn } from '../../base/arn.ts'
import { validateBody } from '../../engines/dashboards/validate-body.ts'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidDashboard, unreadableDashboard, validationMessage } from './dashboards/faults.ts'
import { dashboardName, dashboardResources } from './dashboards/name.ts'
import type { DashboardStore } from './dashboards/ports.ts'
import { invalidParameterValue } from './faults.ts'
import { tagList } from './limits.ts'
import { taggedIn, tagRecord } from './tags.ts'

const INPUT = structure({ DashboardName: text(), DashboardBody: text({ unsaid: true }), Tags: tagList }, ['DashboardName', 'DashboardBody'])

/** Stores the body as it came, byte for byte, when nothing in it is wrong; what may not be drawn as meant is answered as warnings. */
export const putDashboard = (dashboards: DashboardStore) =>
  operation<PutDashboardCommandInput, PutDashboardOutput>({
    name: 'PutDashboard',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => dashboardResources([input.DashboardName], tenant),
    tagged: (input, tenant) => taggedIn(input, dashboardArn(tenant.account, input.DashboardName ?? '*')),
    differs: [
      {
        member: 'DashboardValidationMessages',
        how:
          'what AWS says, and of wrong options of a metric what is wrong with them; the first hundred errors and how many there ' +
          'are: a megabyte can break half a million rules',
      },
      { member: 'DashboardBody', how: 'unknown members, unknown kinds of widgets and a gauge without a scale are stored with a warning' },
    ],
    async run(input, { tenant: { account }, now }) {
      enforce(INPUT, input)
      const name = dashboardName(input.DashboardName!)
      const body = input.DashboardBody!
      const tags = tagRecord(input.Tags ?? [], invalidParameterValue)
      const looked = validateBody(body)
      if (looked.kind === 'unreadable') throw unreadableDashboard()
      if (looked.kind === 'invalid') throw invalidDashboard(looked.errors, looked.errorCount)
      await dashboards.put({ account, arn: dashboardArn(account, name), name, body, modifiedAt: now }, tags)
      return { DashboardValidationMessages: looked.warnings.map(validationMessage) }
    },
  })
