import { BlockList, isIP } from 'node:net'

/** 4 or 6; undefined when the text is no IP address. */
export const ipFamily = (text: string): 4 | 6 | undefined => {
  const family = isIP(text)
  return family === 4 || family === 6 ? family : undefined
}

/** Whether an address lies in the network of `bits` leading bits around `address`; never across families. */
export const ipNetwork = (address: string, bits: number): ((candidate: string) => boolean) => {
  const family = ipFamily(address)
  if (family === undefined) return () => false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const network = new BlockList()
  network.addSubnet(address, bits, type)
  return candidate => ipFamily(candidate) === family && network.check(candidate, type)
}
