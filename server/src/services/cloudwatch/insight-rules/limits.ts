import { insightRuleArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { integer, text } from '../../constraints.ts'

export const ruleName = text({ min: 1, max: 128, pattern: /[\x20-\x7E]+/ })
export const ruleState = text({ min: 1, max: 32, pattern: /[\x20-\x7E]+/ })
/** The model's pattern is all of ASCII, checked where the text is read: AWS's words would repeat the whole definition. */
export const ruleDefinition = text({ min: 1, max: 8192, unsaid: true })
export const maxResults = integer({ min: 1, max: 500 })

/** The rules that the caller must be allowed to act on. */
export const ruleResources = (names: readonly (string | undefined)[], tenant: Tenant): readonly string[] =>
  names.length === 0 ? [insightRuleArn(tenant, '*')] : names.map(name => insightRuleArn(tenant, name ?? '*'))
