import { describe, expect, test } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { Reading } from '../collector.ts'
import { hostCollector } from './host-collector.ts'
import { machine, type HostSource } from './host-source.ts'

const FIRST: Readonly<Record<string, string>> = {
  '/proc/stat': 'cpu  1000 100 300 8000 100 0 0 0 0 0\ncpu0 1 1 1 1 1 0 0 0 0 0\n',
  '/proc/meminfo': 'MemTotal: 1000 kB\nMemFree: 200 kB\nMemAvailable: 600 kB\nBuffers: 50 kB\nCached: 300 kB\nActive: 250 kB\nActive(anon): 9 kB\nInactive: 150 kB\nSReclaimable: 50 kB\nSwapTotal: 0 kB\n',
  '/proc/self/mounts':
    '/dev/vda1 / ext4 rw 0 0\nproc /proc proc rw 0 0\n/dev/vda1 /var/bind ext4 rw 0 0\n/dev/vdb /mnt/with\\040blank xfs rw 0 0\n/dev/vdc /gone xfs rw 0 0\n',
  '/proc/diskstats': ' 254 0 vda 10 0 100 5 20 0 200 7 0 30 12\n 7 0 loop0 9 0 9 9 9 9 9 9 9 9 9\n 254 16 vdb 0 0 0 0 0 0 0 0 0 0 0\n',
  '/proc/net/dev': 'Inter-| Receive\n face |bytes\n    lo: 5 5 0 0 0 0 0 0 5 5 0 0 0 0 0 0\n  eth0: 1000 10 0 0 0 0 0 0 2000 20 0 0 0 0 0 0\n',
}
const SECOND: Readonly<Record<string, string>> = {
  ...FIRST,
  '/proc/stat': 'cpu  1060 100 320 8110 110 0 0 0 0 0\n',
  '/proc/diskstats': ' 254 0 vda 15 0 120 6 21 0 202 8 3 40 14\n',
  // The interface was reset: it counts from zero again.
  '/proc/net/dev': '  eth0: 300 3 0 0 0 0 0 0 400 4 1 0 0 0 0 0\n',
}

const recorded = (rounds: readonly Readonly<Record<string, string>>[]): HostSource & { turn(): void } => {
  let round = 0
  return {
    clock: new ManualClock(epochMillis(0)),
    hostname: 'web-1',
    turn: () => void round++,
    file: async path => rounds[round]?.[path],
    fileSystem: async path => (path === '/gone' ? undefined : { totalBytes: 1000, freeBytes: 300, availableBytes: 200, totalInodes: 50, freeInodes: 40 }),
    processorTimes: () => ({ user: 1, nice: 0, system: 1, idle: 2, irq: 0 }),
    memory: () => ({ total: 1000, free: 250 }),
    load: () => [0.5, 0.25, 0.125],
  }
}

const table = (readings: readonly Reading[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    readings.map(({ name, value, dimensions }) => [
      [name, ...dimensions.filter(dimension => dimension.name !== 'host').map(dimension => dimension.value)].join(' '),
      value,
    ]),
  )

describe('host collector', () => {
  test('answers gauges at once, and counters from the second round on', async () => {
    const source = recorded([FIRST, SECOND])
    const collector = hostCollector(source)
    const first = table(await collector.collect())
    expect(first).toMatchObject({ 'mem_used_percent': 40, 'mem_available_percent': 60, 'system_load5': 0.25, 'disk_used_percent vda1 ext4 /': 77.7778 })
    expect(first).toMatchObject({ 'mem_active': 256_000, 'mem_inactive': 153_600, 'disk_inodes_total vda1 ext4 /': 50 })
    expect(Object.keys(first).filter(name => /^(cpu|net|diskio_reads)/.test(name))).toEqual([])

    source.turn()
    const second = table(await collector.collect())
    expect(second).toMatchObject({
      'cpu_usage_active cpu-total': 45,
      'cpu_usage_user cpu-total': 30,
      'cpu_usage_system cpu-total': 10,
      'cpu_usage_iowait cpu-total': 5,
      'cpu_usage_idle cpu-total': 55,
      'diskio_reads vda': 5,
      'diskio_read_bytes vda': 10_240,
      'diskio_iops_in_progress vda': 3,
      'net_bytes_recv eth0': 300,
      'net_err_out eth0': 1,
    })
  })

  test('each device once, pseudo file systems and unreachable mounts left out, escapes undone', async () => {
    const names = Object.keys(table(await hostCollector(recorded([FIRST])).collect())).filter(name => name.startsWith('disk_total'))
    expect(names).toEqual(['disk_total vda1 ext4 /', 'disk_total vdb xfs /mnt/with blank'])
  })

  test('a server of files that is away costs its own figures, and no more than one question waits for it', async () => {
    const clock = new ManualClock(epochMillis(0))
    const mounts = `${FIRST['/proc/self/mounts']}nas:/a /a nfs4 rw 0 0\nnas:/b /b nfs4 rw 0 0\n//nas/c /c cifs rw 0 0\n`
    const asked: string[] = []
    let away: Promise<void> = new Promise(() => undefined)
    const source: HostSource = {
      ...recorded([{ ...FIRST, '/proc/self/mounts': mounts }]),
      clock,
      async fileSystem(path) {
        asked.push(path)
        if (path === '/b' || path === '/c') await away
        return { totalBytes: 1000, freeBytes: 300, availableBytes: 200, totalInodes: 0, freeInodes: 0 }
      },
    }
    const collector = hostCollector(source)
    const round = async () => {
      const readings = collector.collect()
      // What answers at once does; then time goes on for the others.
      await clock.advance(millis(1))
      await clock.advance(millis(5_000))
      return Object.keys(table(await readings)).filter(name => /disk_total .*(nas|vda1)/.test(name))
    }
    const gate = Promise.withResolvers<void>()
    away = gate.promise
    expect(await round()).toEqual(['disk_total vda1 ext4 /', 'disk_total nas:/a nfs4 /a'])
    expect(await round()).toEqual(['disk_total vda1 ext4 /'])
    expect(asked.filter(path => path === '/b' || path === '/c')).toEqual(['/b'])
    gate.resolve()
    await clock.advance(millis(1))
    expect(await round()).toEqual(['disk_total vda1 ext4 /', 'disk_total nas:/a nfs4 /a', 'disk_total nas:/b nfs4 /b', 'disk_total //nas/c cifs /c'])
  })

  test('without /proc the portable figures remain', async () => {
    const readings = table(await hostCollector(recorded([{}])).collect())
    expect(readings).toMatchObject({ mem_used_percent: 75, system_load1: 0.5, 'disk_total rootfs rootfs /': 1000 })
  })

  test('this very machine answers', async () => {
    const names = new Set((await hostCollector(machine(systemClock)).collect()).map(({ name }) => name))
    expect([...names]).toEqual(expect.arrayContaining(['mem_used_percent', 'disk_used_percent', 'system_load1']))
  })
})
