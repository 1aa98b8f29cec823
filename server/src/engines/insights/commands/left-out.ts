/** Commands of AWS's guide that are known and not built: named, so that a query that uses one gets a true answer. */
export const LEFT_OUT: ReadonlySet<string> = new Set(['addtotals', 'appendcols', 'cidrlookup', 'estimate', 'expand', 'logcompare', 'relevantfields'])
