import { isCode, isTest, read, treeFiles } from './source-files.ts'

const LARGE = 400

/** The shape of the code, tests left out: sizes in lines, and the files that may hide a second concept. */
export const shapeReport = (): string => {
  const sizes = treeFiles()
    .filter(path => isCode(path) && !isTest(path))
    .map(path => ({ path, lines: read(path).split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines)
  const at = (share: number): number => sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * share))]?.lines ?? 0
  const largest = sizes.at(-1)
  const large = sizes.filter(({ lines }) => lines > LARGE)
  return [
    `shape: ${sizes.length} files, median ${at(0.5)} lines, 90th percentile ${at(0.9)}, largest ${largest?.lines ?? 0} (${largest?.path ?? '-'})`,
    `shape: ${large.length} files over ${LARGE} lines${large.map(({ path, lines }) => `\n  ${lines} ${path}`).join('')}`,
  ].join('\n')
}
