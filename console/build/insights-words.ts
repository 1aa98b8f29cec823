import type { Plugin } from 'vite'
import { COMMANDS } from '../../server/src/engines/insights/commands/registry.ts'
import type { InsightsFunction } from '../../server/src/engines/insights/functions/insights-function.ts'
import { AGGREGATES, FUNCTIONS } from '../../server/src/engines/insights/functions/registry.ts'

const ID = 'virtual:insights-words'

/**
 * What the query language's commands and functions say of themselves, as plain data: the editor completes with it, and the
 * page carries nothing of the engine that runs queries.
 */
export const insightsWords = (): Plugin => ({
  name: 'tocsin-insights-words',
  resolveId: id => (id === ID ? `\0${ID}` : undefined),
  load: id => (id === `\0${ID}` ? `export const WORDS = ${JSON.stringify(words())}` : undefined),
})

const words = () => [
  ...COMMANDS.map(({ name, syntax, text }) => ({ kind: 'command', name, usage: syntax, text })),
  ...FUNCTIONS.flatMap(each => described('function', each)),
  ...AGGREGATES.flatMap(each => described('aggregate', each)),
]

const described = (kind: string, { name, aliases = [], parameters, text }: InsightsFunction) =>
  [name, ...aliases.filter(alias => alias.toLowerCase() !== name.toLowerCase())].map(each =>
    ({ kind, name: each, usage: `${each}(${parameters.map(({ name: parameter, optional }) => (optional === true ? `[${parameter}]` : parameter)).join(', ')})`, text }))
