/** Whether `start` is its own descendant: such alarms are not evaluated, and cannot be deleted. */
export const reachesItself = <Id>(start: Id, childrenOf: (id: Id) => Iterable<Id>): boolean => {
  const seen = new Set<Id>()
  const waiting = [...childrenOf(start)]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === start) return true
    if (seen.has(id)) continue
    seen.add(id)
    waiting.push(...childrenOf(id))
  }
  return false
}
