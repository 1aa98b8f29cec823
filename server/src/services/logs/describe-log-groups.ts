import type { DescribeLogGroupsCommandInput, DescribeLogGroupsResponse, LogGroup as Described } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../base/arn.ts'
import type { LogGroup, LogRetention, RetentionOf } from '../../model/log.ts'
import { integer, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { classFilter } from './class-filter.ts'
import { invalidParameter } from './faults.ts'
import { ACCOUNT_ID, check, LOG_GROUP_CLASS, LOG_GROUP_IDENTIFIER, LOG_GROUP_PREFIX, NEXT_TOKEN } from './limits.ts'
import { pageByName } from './name-page.ts'
import type { LogProtectionStore } from './definitions/ports.ts'
import type { LogGroupFigures, LogGroupStore, MetricFilterLists } from './ports.ts'

const MAX_GROUPS = 50
const INPUT = structure({
  logGroupNamePrefix: LOG_GROUP_PREFIX,
  logGroupNamePattern: text({ max: 512, pattern: /[.\-_/#A-Za-z0-9]*/, patternText: String.raw`[\.\-_/#A-Za-z0-9]*` }),
  logGroupIdentifiers: list(LOG_GROUP_IDENTIFIER, { min: 1, max: 50 }),
  logGroupClass: LOG_GROUP_CLASS,
  accountIdentifiers: list(ACCOUNT_ID, { max: 20 }),
  nextToken: NEXT_TOKEN,
  limit: integer({ min: 1, max: MAX_GROUPS }),
})

interface Parts {
  readonly groups: LogGroupStore
  readonly figures: LogGroupFigures
  readonly retentionOf: RetentionOf
  readonly filters: MetricFilterLists
  readonly protections: Pick<LogProtectionStore, 'find'>
}

export const describeLogGroups = ({ groups, figures, retentionOf, filters, protections }: Parts) =>
  operation<DescribeLogGroupsCommandInput, DescribeLogGroupsResponse>({
    name: 'DescribeLogGroups',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [`${logGroupArn(tenant, '')}:log-stream:`],
    differs: [
      { member: 'includeLinkedAccounts', how: 'there are no linked accounts: the groups of the caller\'s account alone are shown' },
      { member: 'accountIdentifiers', how: 'there are no linked accounts: only the caller\'s own account has groups to show' },
      { member: 'logGroups.dataProtectionStatus', how: 'ACTIVATED where the group has a policy of its own; else not answered' },
    ],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers: identifiers } = input
      if (prefix !== undefined && pattern !== undefined) {
        throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.')
      }
      if (identifiers !== undefined && (prefix !== undefined || pattern !== undefined)) {
        throw invalidParameter('LogGroup identifiers cannot be used together with a LogGroup name prefix or LogGroup name pattern.')
      }
      const classFits = classFilter(input.logGroupClass)
      const named = identifiers === undefined ? undefined : new Set(identifiers.map(identifier => groups.find(tenant, identifier)?.id))
      const foreign = (input.accountIdentifiers?.length ?? 0) > 0 && !input.accountIdentifiers!.includes(tenant.account)
      const found = groups.list(tenant).filter(
        group =>
          !foreign &&
          (prefix === undefined || group.name.startsWith(prefix)) &&
          (pattern === undefined || group.name.includes(pattern)) &&
          (named === undefined || named.has(group.id)) &&
          classFits(group.class),
      )
      const brief = pattern !== undefined && pattern !== ''
      const { items, nextToken } = pageByName(found, input.nextToken, input.limit ?? MAX_GROUPS)
      const bytes = brief ? new Map<number, number>() : await figures.storedBytes(items)
      return {
        logGroups: items.map(group => {
          const metricFilterCount = filters.of(group.id).length
          if (brief) return briefly(group, metricFilterCount)
          return { ...described(group, retentionOf(group), metricFilterCount, bytes.get(group.id) ?? 0), ...protectionOf(protections, group) }
        }),
        nextToken,
      }
    },
  })

/** As AWS answers where a pattern was asked for. */
const briefly = ({ name, arn, createdAt, class: logGroupClass }: LogGroup, metricFilterCount: number): Described => ({
  logGroupName: name,
  creationTime: createdAt,
  metricFilterCount,
  arn: `${arn}:*`,
  logGroupClass,
  logGroupArn: arn,
})

const described = (group: LogGroup, { days, policyName }: LogRetention, metricFilterCount: number, storedBytes: number): Described => ({
  ...briefly(group, metricFilterCount),
  retentionInDays: days,
  retentionPolicyName: policyName,
  kmsKeyId: group.kmsKeyId,
  storedBytes,
  deletionProtectionEnabled: group.deletionProtected,
  ...(group.bearerTokens ? { bearerTokenAuthenticationEnabled: true } : {}),
})

const protectionOf = (protections: Pick<LogProtectionStore, 'find'>, { tenant, id }: LogGroup): Pick<Described, 'dataProtectionStatus' | 'inheritedProperties'> => ({
  ...(protections.find(tenant, id) === undefined ? {} : { dataProtectionStatus: 'ACTIVATED' }),
  ...(protections.find(tenant) === undefined ? {} : { inheritedProperties: ['ACCOUNT_DATA_PROTECTION'] }),
})
