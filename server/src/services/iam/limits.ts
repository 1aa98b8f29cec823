import { integer, oneOf, text } from '../constraints.ts'

/** Limits of the shapes in AWS's model of IAM (API 2010-05-08), under the shapes' names. */
export const userName = text({ min: 1, max: 64, pattern: /[\w+=,.@-]+/ })
export const existingUserName = text({ min: 1, max: 128, pattern: /[\w+=,.@-]+/ })
export const path = text({ min: 1, max: 512, pattern: /(\u002F)|(\u002F[\u0021-\u007E]+\u002F)/ })
export const pathPrefix = text({ min: 1, max: 512, pattern: /\u002F[\u0021-\u007F]*/ })
export const policyName = text({ min: 1, max: 128, pattern: /[\w+=,.@-]+/ })
export const policyDocument = text({ min: 1, max: 131_072, pattern: /[\t\n\r\u0020-\u00FF]+/ })
export const accessKeyId = text({ min: 16, max: 128, pattern: /[\w]+/ })
export const keyStatus = oneOf(['Active', 'Inactive', 'Expired'])
export const marker = text({ min: 1, max: 320, pattern: /[\u0020-\u00FF]+/ })
export const maxItems = integer({ min: 1, max: 1_000 })

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const USERS_PER_ACCOUNT = 5_000
export const KEYS_PER_USER = 2
/** Characters of all inline policies of a user together, white space not counted. */
export const POLICY_CHARACTERS = 2_048
