import { alb } from './alb.ts'
import { apacheError } from './apache-error.ts'
import { combined } from './combined.ts'
import { jsonLines, postgresqlJson, waf } from './json-lines.ts'
import { cloudTrail, cloudTrailDigest, jsonArray, jsonValues } from './json-records.ts'
import type { LogFormat } from './log-format.ts'
import { nginxError } from './nginx-error.ts'
import { plainText } from './plain-text.ts'
import { postgresqlCsv } from './postgresql-csv.ts'
import { postgresqlStderr } from './postgresql-stderr.ts'
import { vpcFlow } from './vpc-flow.ts'

/** The special ones first: the first that fits is taken. */
export const FORMATS: readonly LogFormat[] = [
  cloudTrail, cloudTrailDigest, waf, postgresqlJson, jsonLines, jsonArray, jsonValues, alb, vpcFlow, combined, nginxError, apacheError, postgresqlCsv,
  postgresqlStderr, plainText,
]
