import type { Entity } from '@aws-sdk/client-cloudwatch'
import { entityFailure, type EntityFailure } from '../../model/entity.ts'

/** The model's limit of a value of PutMetricData's entities. */
const VALUE_LIMIT = 2048

/** What is wrong with an entity, as AWS words it in `X-Amzn-Failure-Message`; undefined for a valid one. */
export const metricEntityFailure = (entity: Entity | undefined): EntityFailure | undefined =>
  entityFailure(entity && { keys: entity.KeyAttributes, attributes: entity.Attributes }, VALUE_LIMIT)
