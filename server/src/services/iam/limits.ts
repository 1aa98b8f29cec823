import { integer, oneOf, text } from '../constraints.ts'

/** IAM repeats no value. */
const unsaid = true
const named = { pattern: /[\w+=,.@-]+/, rule: 'It must contain only alphanumeric characters and/or the following: +=,.@_-', unsaid }

/** Limits of the shapes in AWS's model of IAM (API 2010-05-08), under the shapes' names; IAM has its own words for characters. */
export const userName = text({ min: 1, max: 64, ...named })
export const existingUserName = text({ min: 1, max: 128, ...named })
export const path = text({
  min: 1,
  max: 512,
  pattern: /(\u002F)|(\u002F[\u0021-\u007E]+\u002F)/,
  rule: 'It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  unsaid,
})
export const pathPrefix = text({
  min: 1,
  max: 512,
  pattern: /\u002F[\u0021-\u007F]*/,
  rule: 'It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  unsaid,
})
export const policyName = text({ min: 1, max: 128, ...named })
export const policyDocument = text({
  min: 1,
  max: 131_072,
  pattern: /[\t\n\r\u0020-\u00FF]+/,
  rule: 'It must contain only printable ASCII characters.',
  unsaid,
})
export const accessKeyId = text({ min: 16, max: 128, pattern: /[\w]+/, rule: 'It must contain only alphanumeric characters.', unsaid })
export const keyStatus = oneOf(['Active', 'Inactive', 'Expired'], { unsaid })
export const marker = text({ min: 1, max: 320, pattern: /[\u0020-\u00FF]+/, unsaid })
export const maxItems = integer({ min: 1, max: 1_000, unsaid })

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const USERS_PER_ACCOUNT = 5_000
export const KEYS_PER_USER = 2
/** Characters of all inline policies of a user together, white space not counted. */
export const POLICY_CHARACTERS = 2_048
