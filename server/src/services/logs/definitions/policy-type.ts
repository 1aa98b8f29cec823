import type { PolicyType } from '@aws-sdk/client-cloudwatch-logs'
import { oneOf } from '../../constraints.ts'

export const POLICY_TYPE = oneOf([
  'DATA_PROTECTION_POLICY',
  'SUBSCRIPTION_FILTER_POLICY',
  'FIELD_INDEX_POLICY',
  'TRANSFORMER_POLICY',
  'METRIC_EXTRACTION_POLICY',
  'RETENTION_POLICY',
] satisfies readonly PolicyType[])
