import { sleep } from '../../base/clock.ts'
import { millis } from '../../base/time.ts'
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

/** File systems that another machine serves. */
const REMOTE = /^(9p|afs|ceph|cifs|fuse\..+|glusterfs|lustre|ncpfs|nfs4?|smb3|smbfs)$/
/** How long a round waits for other machines. */
const PATIENCE = millis(2_000)

/** `disk_*` of every mounted file system, with the agent's dimensions path, device, fstype. */
export const diskReader = (source: HostSource) => {
  const readRemote = remoteReader(source)
  return async (): Promise<readonly Reading[]> => {
    const mounts = parseMounts(await source.file('/proc/self/mounts'))
    const local = await Promise.all(mounts.filter(({ type }) => !REMOTE.test(type)).map(mount => readMount(source, mount)))
    return [...local.flat(), ...(await readRemote(mounts.filter(({ type }) => REMOTE.test(type))))]
  }
}

/**
 * Asks other machines one after the other, and leaves out what does not answer in time. A question to one that is away hangs
 * until it comes back, and holds a thread of the pool on which the journal is written: there is never a second one.
 */
const remoteReader = (source: HostSource) => {
  let asking = false
  const ask = async (mounts: readonly Mount[], found: Reading[]): Promise<void> => {
    asking = true
    try {
      for (const mount of mounts) found.push(...(await readMount(source, mount)))
    } finally {
      asking = false
    }
  }
  return async (mounts: readonly Mount[]): Promise<readonly Reading[]> => {
    if (asking || mounts.length === 0) return []
    const found: Reading[] = []
    await Promise.race([ask(mounts, found), sleep(source.clock, PATIENCE)])
    return [...found]
  }
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
      : [
          reading('disk_inodes_total', 'Count', size.totalInodes),
          reading('disk_inodes_free', 'Count', size.freeInodes),
          reading('disk_inodes_used', 'Count', size.totalInodes - size.freeInodes),
        ]),
  ]
}
