import Badge, { type BadgeProps } from '@cloudscape-design/components/badge'
import { SEVERITY_NAMES, type Severity } from '../words/severity.ts'

const COLORS: Readonly<Record<Severity, NonNullable<BadgeProps['color']>>> = {
  P1: 'severity-critical', P2: 'severity-high', P3: 'severity-medium', P4: 'severity-low', Info: 'severity-neutral',
}

export const SeverityBadge = ({ severity }: { readonly severity: Severity | undefined }) =>
  severity === undefined ? <span className="quiet">–</span> : <Badge color={COLORS[severity]}>{SEVERITY_NAMES[severity]}</Badge>
