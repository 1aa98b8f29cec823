import { boundText, call, choose, constant, NULL, type Expression } from '../../sql/expression.ts'

interface LineFormat {
  readonly fields: readonly string[]
  /** What a line of the format looks like, and little else does. */
  readonly shape: string
}

const VPC_FLOW: LineFormat = {
  fields: [
    'version', 'accountId', 'interfaceId', 'srcAddr', 'dstAddr', 'srcPort', 'dstPort', 'protocol', 'packets', 'bytes', 'startTime', 'endTime', 'action',
    'logStatus',
  ],
  shape: '^[0-9]+ (?:[0-9]+|-|unknown) eni-[0-9a-z]+(?: [^ ]+){9} (?:ACCEPT|REJECT|-) (?:OK|NODATA|SKIPDATA)\\s*$',
}
const ROUTE_53: LineFormat = {
  fields: [
    'version', 'queryTimestamp', 'hostZoneId', 'queryName', 'queryType', 'responseCode', 'protocol', 'edgeLocation', 'resolverIp', 'ednsClientSubnet',
  ],
  shape: '^[0-9]+\\.[0-9]+ [0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+ Z[0-9A-Z]+(?: [^ ]+){7}\\s*$',
}

/** A field of VPC flow logs and Route 53's query logs, whose lines are words in a fixed order; `-` is no value. */
export const lineField = (name: string, message: Expression): Expression | undefined => {
  const branches = [VPC_FLOW, ROUTE_53].flatMap(({ fields, shape }): (readonly [Expression, Expression])[] => {
    const index = fields.indexOf(name)
    if (index < 0) return []
    const word = call('arrayElement', call('splitByChar', constant(' '), call('trimRight', message)), constant(index + 1))
    return [[call('match', message, boundText(shape)), call('nullIf', word, constant('-'))]]
  })
  return branches.length === 0 ? undefined : choose(branches, NULL)
}

