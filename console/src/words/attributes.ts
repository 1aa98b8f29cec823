/** What tells one series of a query from the others: `host = web-1, disk = /data`. */
export const attributesInWords = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).map(([name, value]) => `${name} = ${value}`).join(', ') || 'The only series'
