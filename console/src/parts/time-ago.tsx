import { timeAgo } from '../words/durations.ts'
import { fullTime } from '../words/times.ts'
import { useNow } from './use-now.ts'

/** `8 minutes ago`, with the full time in the viewer's zone on hover. `at` is epoch seconds. */
export const TimeAgo = ({ at }: { readonly at: number | undefined }) => {
  const now = useNow()
  if (at === undefined) return <>–</>
  return <time className="nowrap" dateTime={new Date(at * 1000).toISOString()} title={fullTime(at)}>{timeAgo(at, now)}</time>
}

/** Both: how long ago, and below it the full time. */
export const When = ({ at }: { readonly at: number }) => <><TimeAgo at={at} /> <div className="quiet">{fullTime(at)}</div></>
