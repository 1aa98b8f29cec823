import { WidgetFrame } from './widget-frame.tsx'

interface Props {
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

const WHY: Readonly<Record<string, string>> = {
  explorer: 'A metric explorer: it finds metrics by the tags of AWS resources, which this server does not know.',
  custom: 'A custom widget: it is drawn by a Lambda function, which this server does not run.',
  chart: 'A chart of a query that this server does not run yet.',
}

/** Says what would be here and why it is not; the definition is kept and can be edited. */
export const Placeholder = ({ type, properties }: Props) => {
  const { title, query, endpoint } = properties
  const detail = typeof query === 'string' ? query : typeof endpoint === 'string' ? endpoint : undefined
  return (
    <WidgetFrame title={typeof title === 'string' ? title : undefined} label={`A ${type} widget`}>
      <p className="quiet">{WHY[type] ?? `A widget of the kind ${type}, which this server does not know.`}</p>
      {detail !== undefined && <pre className="document" tabIndex={0}>{detail}</pre>}
    </WidgetFrame>
  )
}
