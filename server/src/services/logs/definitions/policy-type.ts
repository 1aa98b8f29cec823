import { PolicyType } from '@aws-sdk/client-cloudwatch-logs'
import { oneOf } from '../../constraints.ts'

export const POLICY_TYPE = oneOf(Object.values(PolicyType))
