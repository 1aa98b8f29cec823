import type { Unit } from '../../model/metric.ts'
import type { Reading } from '../collector.ts'
import type { HostSource } from './host-source.ts'

/** File systems that hold no data of their own. */
const PSEUDO = new Set([
  'autofs', 'binfmt_misc', 'bpf', 'cgroup', 'cgroup2', 'configfs', 'debugfs', 'devfs', 'devpts', 'devtmpfs', 'efivarfs', 'fusectl',
  'hugetlbfs', 'mqueue', 'nsfs', 'overlay', 'proc', 'pstore', 'ramfs', 'rpc_pipefs', 'securityfs', 'squashfs', 'sysfs', 'tmpfs', 'tracefs',
])

interface Mount {
  readonly device: string
  readonly path: string
  readonly type: string
}

/** `disk_*` of every mounted file system, with the agent's dimensions path, device, fstype. */
export const diskReader = (source: HostSource) => async (): Promise<readonly Reading[]> => {
  const mounts = parseMounts(await source.file('/proc/self/mounts'))
  const readings = await Promise.all(mounts.map(mount => readMount(source, mount)))
  return readings.flat()
}

/** The data-bearing mounts, each device once; `/` alone where the system has no list, and where `/` itself is an overlay. */
const parseMounts = (text: string | undefined): readonly Mount[] => {
  const root = { device: 'rootfs', path: '/', type: 'rootfs' }
  if (text === undefined) return [root]
  const byDevice = new Map<string, Mount>()
  for (const line of text.split('\n')) {
    const [device, path, type] = line.split(' ')
    if (device === undefined || path === undefined || type === undefined || PSEUDO.has(type)) continue
    const mount = { device: device.replace(/^\/dev\//, ''), path: unescapeMount(path), type }
    const known = byDevice.get(device)
    if (known === undefined || mount.path.length < known.path.length) byDevice.set(device, mount)
  }
  const mounts = [...byDevice.values()]
  return mounts.some(({ path }) => path === '/') ? mounts : [root, ...mounts]
}

/** The kernel writes blanks and backslashes in paths as octal escapes. */
const unescapeMount = (path: string): string => path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

const readMount = async (source: HostSource, mount: Mount): Promise<readonly Reading[]> => {
  const size = await source.fileSystem(mount.path)
  if (size === undefined || size.totalBytes === 0) return []
  const dimensions = [
    { name: 'device', value: mount.device },
    { name: 'fstype', value: mount.type },
    { name: 'host', value: source.hostname },
    { name: 'path', value: mount.path },
  ]
  const used = size.totalBytes - size.freeBytes
  const reading = (name: string, unit: Unit, value: number): Reading => ({ name, unit, value, dimensions })
  return [
    reading('disk_total', 'Bytes', size.totalBytes),
    reading('disk_free', 'Bytes', size.availableBytes),
    reading('disk_used', 'Bytes', used),
    // Of what may be used: blocks reserved for root count as full, as `df` and the agent reckon.
    reading('disk_used_percent', 'Percent', Math.round((used / (used + size.availableBytes)) * 1e6) / 1e4),
    ...(size.totalInodes === 0
      ? []
      : [reading('disk_inodes_free', 'Count', size.freeInodes), reading('disk_inodes_used', 'Count', size.totalInodes - size.freeInodes)]),
  ]
}
