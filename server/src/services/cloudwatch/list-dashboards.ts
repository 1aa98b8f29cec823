import type { ListDashboardsCommandInput, ListDashboardsOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import type { DashboardStore } from './dashboards/ports.ts'
import { invalidParameterValue } from './faults.ts'
import { openToken, sealToken, type TokenScope } from './next-token.ts'

const PAGE = 1000

export const listDashboards = (dashboards: DashboardStore) =>
  operation<ListDashboardsCommandInput, ListDashboardsOutput>({
    name: 'ListDashboards',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      const prefix = input.DashboardNamePrefix ?? ''
      const scope: TokenScope = { operation: 'ListDashboards', tenant, request: prefix }
      const after = input.NextToken === undefined ? '' : openToken(scope, input.NextToken)
      if (typeof after !== 'string') throw invalidParameterValue('Request parameter NextToken is invalid')
      const rest = (await dashboards.list(tenant.account)).filter(({ name }) => name.startsWith(prefix) && name > after)
      const page = rest.slice(0, PAGE)
      return {
        DashboardEntries: page.map(({ name, arn, modifiedAt, body }) => ({
          DashboardName: name,
          DashboardArn: arn,
          LastModified: new Date(modifiedAt),
          Size: Buffer.byteLength(body),
        })),
        ...(page.length < rest.length ? { NextToken: sealToken(scope, page.at(-1)!.name) } : {}),
      }
    },
  })
