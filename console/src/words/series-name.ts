/** A series of PromQL as PromQL writes it: `queue_depth{queue="orders"}`. */
export const seriesName = ({ __name__: name, ...labels }: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([label, value]) => `${written(label)}=${JSON.stringify(value)}`)
  if (name === undefined || IDENTIFIER.test(name)) return `${name ?? ''}${pairs.length === 0 && name !== undefined ? '' : `{${pairs.join(', ')}}`}`
  return `{${[JSON.stringify(name), ...pairs].join(', ')}}`
}

const IDENTIFIER = /^[A-Za-z_:][A-Za-z0-9_:]*$/

const written = (label: string): string => (IDENTIFIER.test(label) ? label : JSON.stringify(label))
