import Box from '@cloudscape-design/components/box'
import type { ExplainedPoint } from '../../aws/explanation.ts'
import { quantity } from '../../words/quantities.ts'
import { clockTimeToTheSecond, dayOfYear, fullTime } from '../../words/times.ts'

interface Props {
  readonly points: readonly ExplainedPoint[]
  readonly unit: string | undefined
}

/** More than these fill the page without saying more. */
const MOST_SHOWN = 60

/** The evaluation range as tiles, oldest left, as time runs on the graph above. */
export const ExplainedPoints = ({ points, unit }: Props) => {
  const shown = points.slice(0, MOST_SHOWN).reverse()
  const count = (finding: ExplainedPoint['finding']): number => points.filter(point => point.finding === finding && point.considered).length
  const unheard = points.filter(({ considered }) => !considered).length
  return (
    <div>
      <Box variant="small">
        Considered: {count('breaching')} breaching, {count('fine')} within the limit, {count('missing')} missing
        {unheard > 0 && ` · ${unheard} without a say`}
      </Box>
      <ol className="why-points">
        {shown.map(point => <Tile key={point.at} point={point} unit={unit} />)}
      </ol>
    </div>
  )
}

const FINDINGS: Readonly<Record<ExplainedPoint['finding'], string>> = { breaching: 'breaching', fine: 'within', missing: 'missing' }

const Tile = ({ point, unit }: { readonly point: ExplainedPoint; readonly unit: string | undefined }) => {
  const { at, value, samples, lower, upper, finding, considered } = point
  const seconds = Date.parse(at) / 1000
  return (
    <li className="why-point" data-finding={finding} data-considered={considered} title={`${fullTime(seconds)}${samples === undefined ? '' : ` · ${samples} samples`}`}>
      <span className="quiet">{dayOfYear(seconds) === dayOfYear(Date.now() / 1000) ? '' : `${dayOfYear(seconds)}, `}{clockTimeToTheSecond(seconds)}</span>
      <b className="number">{value === undefined ? '–' : quantity(value, unit)}</b>
      {lower !== undefined && upper !== undefined && (
        <span className="quiet number nowrap">{quantity(lower, unit)} … {quantity(upper, unit)}</span>
      )}
      <span className="why-finding">{FINDINGS[finding]}{!considered && ', no say'}</span>
    </li>
  )
}
