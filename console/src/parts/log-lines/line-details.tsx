import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { insightsPage, logGroupPage } from '../../aws/log-addresses.ts'
import { fieldsOf, jsonIn, patternFor, queryFor } from '../../words/log-fields.ts'
import { fullTime } from '../../words/times.ts'
import { visible } from '../../words/visible.ts'
import type { FoundLine } from './line.ts'

interface Props {
  readonly line: FoundLine
  readonly onContext?: () => void
}

/** Longer ones find nothing that a person looks for, and do not fit into a pattern. */
const LONGEST_LINKED = 256

/** A line whole: pretty where it is JSON, with a way from each value to every line that carries it. */
export const LineDetails = ({ line: { group, stream, timestamp, message }, onContext }: Props) => {
  const json = jsonIn(message)
  const fields = json === undefined ? [] : fieldsOf(json)
  return (
    <div className="log-line-details">
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <span className="quiet">{fullTime(timestamp / 1000)}</span>
        <Link href={logGroupPage(group, { stream })}>{stream}</Link>
        {onContext !== undefined && <Button variant="inline-link" onClick={onContext}>What came before and after</Button>}
        <CopyToClipboard
          variant="inline" textToCopy={message} copyButtonAriaLabel="Copy the line" copySuccessText="Copied" copyErrorText="Not copied" textToDisplay="Copy"
        />
      </SpaceBetween>
      <pre className="document log-line-whole" tabIndex={0} aria-label="The whole line">{visible(json === undefined ? message : JSON.stringify(json, undefined, 2))}</pre>
      {fields.length > 0 && (
        <table className="log-fields">
          <caption className="quiet">A value leads to every line that carries it.</caption>
          <tbody>
            {fields.map(field => (
              <tr key={field.name}>
                <th scope="row">{field.name}</th>
                <td>
                  {field.value === '' || field.value === null || String(field.value).length > LONGEST_LINKED ? <span>{visible(String(field.value))}</span> : (
                    <>
                      <Link fontSize="inherit" href={logGroupPage(group, { pattern: patternFor(field) })}>{visible(String(field.value))}</Link>{' '}
                      {typeof field.value === 'string' && <Link href={insightsPage([group], { query: queryFor(field.name, field.value) })} variant="info" ariaLabel={`Query ${field.value}`}>Query</Link>}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
