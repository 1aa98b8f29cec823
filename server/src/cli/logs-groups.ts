import { CommandError } from './command-error.ts'

/** Groups that are given as a word and by options, several of them with commas between. */
export const groupsOf = (texts: readonly string[]): readonly string[] => {
  const groups = texts.flatMap(text => text.split(',')).map(text => text.trim()).filter(text => text !== '')
  if (groups.length === 0) throw new CommandError('Which log group? Name one, or several with commas between them.')
  return [...new Set(groups)]
}
