/** Times are shown in the viewer's zone, and say which one it is. Arguments are epoch seconds. */
interface Viewer {
  readonly locale?: string
  readonly timeZone?: string
}

const formatter = (options: Intl.DateTimeFormatOptions, { locale, timeZone }: Viewer): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale ?? 'en-GB', { ...options, ...(timeZone !== undefined && { timeZone }) })

let chosen: Viewer = {}
/** Shows times in another zone than the viewer's own; to be called before any is shown. */
export const showTimesIn = (timeZone: string): void => {
  chosen = { timeZone }
}

const memo = (options: Intl.DateTimeFormatOptions) => {
  let own: Intl.DateTimeFormat | undefined
  return (at: number, viewer: Viewer = {}): string =>
    (viewer.locale === undefined && viewer.timeZone === undefined ? own ??= formatter(options, chosen) : formatter(options, viewer)).format(at * 1000)
}

/** `21 Nov 2026, 10:15:03 CET` */
export const fullTime = memo({
  day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
})
/** `10:15` */
export const clockTime = memo({ hour: '2-digit', minute: '2-digit' })
/** `10:15:30` */
export const clockTimeToTheSecond = memo({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
/** `21 Nov, 10:15:30.123`: a log line's. */
export const lineTime = memo({
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3,
})
/** `21 Nov` */
export const dayOfYear = memo({ day: 'numeric', month: 'short' })
/** `21 Nov, 10:15` */
export const dayAndTime = memo({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

/** The zone that times are shown in by its name, `Europe/Berlin`. */
export const zoneName = (): string => chosen.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
