/** Minutes before (+) or behind (-) UTC. Letters that stand for several zones (IST, BST in Asia, CST in China) mean the commonest one. */
const NAMED: Readonly<Record<string, number>> = {
  Z: 0, UTC: 0, GMT: 0, WET: 0, WEST: 60, BST: 60, CET: 60, CEST: 120, EET: 120, EEST: 180, MSK: 180, IST: 330, SGT: 480, AWST: 480,
  JST: 540, KST: 540, ACST: 570, AEST: 600, ACDT: 630, AEDT: 660, NZST: 720, NZDT: 780,
  EDT: -240, EST: -300, CDT: -300, CST: -360, MDT: -360, MST: -420, PDT: -420, PST: -480, AKDT: -480, AKST: -540, HST: -600,
}

/** `Z`, `UTC`, `CEST`, `+0100`, `+01:00`, `-05`; undefined for what is no zone that is known. */
export const zoneMinutes = (zone: string): number | undefined => {
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  if (offset === null) return Object.hasOwn(NAMED, zone) ? NAMED[zone] : undefined
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
  return offset[1] === '-' ? -minutes : minutes
}
