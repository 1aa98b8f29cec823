import { and, boundText, call, choose, constant, NULL, or, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'

export const isIpv4 = (text: Expression): Expression => call('isIPv4String', text)
export const isIpv6 = (text: Expression): Expression => call('isIPv6String', text)
export const isAddress = (text: Expression): Expression => or(isIpv4(text), isIpv6(text))

/** Whether an address lies in one of these networks. What is no address does not; a missing one gives a missing answer. */
export const isInAny = (address: Expression, networks: readonly string[]): Expression =>
  once(address, it => {
    const found = once(choose([[isAddress(it), call('assumeNotNull', it)]], constant('::')), sure =>
      or(...networks.map(network => call('isIPAddressInRange', sure, constant(network)))))
    return choose([[call('isNull', it), NULL]], and(isAddress(it), found))
  })

/** As `isInAny`, in a network that is only known at run time; in a text that is no network, nothing lies. */
export const isInNetwork = (address: Expression, network: Expression, family?: 4 | 6): Expression =>
  once(address, it =>
    once(network, cidr => {
      const valid = family === 4 ? isIpv4(it) : family === 6 ? isIpv6(it) : isAddress(it)
      const inside = call(
        'isIPAddressInRange',
        choose([[valid, call('assumeNotNull', it)]], constant('::')),
        choose([[isNetwork(cidr), call('assumeNotNull', cidr)]], constant('::/128')),
      )
      return choose([[or(call('isNull', it), call('isNull', cidr)), NULL]], and(valid, isNetwork(cidr), inside))
    }))

/** An address, a slash, and how many of its leading bits count. */
const isNetwork = (cidr: Expression): Expression => {
  const address = call('replaceRegexpOne', cidr, boundText('/[0-9]+$'), constant(''))
  return or(
    and(isIpv4(address), call('match', cidr, boundText('/([0-9]|[12][0-9]|3[0-2])$'))),
    and(isIpv6(address), call('match', cidr, boundText('/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])$'))),
  )
}
