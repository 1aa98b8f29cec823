import type { PolicyType } from '@aws-sdk/client-cloudwatch-logs'
import { oneOf } from '../../constraints.ts'

export const POLICY_TYPE = oneOf([
  'DATA_PROTECTION_POLICY',
  'FIELD_INDEX_POLICY',
  'METRIC_EXTRACTION_POLICY',
  'RETENTION_POLICY',
  'SUBSCRIPTION_FILTER_POLICY',
  'TRANSFORMER_POLICY',
] satisfies readonly PolicyType[])
