/** What an alarm over many series says of them as a whole, in CloudWatch's words. */

/** AWS follows at most a hundred contributors in ALARM, and stops counting there. */
export const MOST_ALARMING = 100

/** `95 out of 150 time series evaluated to ALARM`; `100+ time series evaluated to ALARM` where counting stopped. */
export const contributorsReason = (alarming: number, series: number, what: 'time series' | 'contributors' = 'time series'): string =>
  alarming >= MOST_ALARMING ? `${MOST_ALARMING}+ ${what} evaluated to ALARM` : `${alarming} out of ${series} ${what} evaluated to ALARM`

/** A log alarm whose query finds no contributor at all, where that is breaching. */
export const NO_CONTRIBUTORS = 'No contributors were returned, which is treated as [Breaching]'

/** A PromQL query yields only what breaches, so there is nothing to count them against. */
export const promqlReason = (alarming: number): string =>
  `${alarming >= MOST_ALARMING ? `${MOST_ALARMING}+` : alarming} time series evaluated to ALARM`

/** Of a contributor that the query has ceased to yield: it is over. */
export const VANISHED_CONTRIBUTOR = 'No data was returned for this contributor'
