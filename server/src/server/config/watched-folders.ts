import { resolve } from 'node:path'
import type { WatchedFolder } from '../../jobs/drops/folder-drops.ts'

/** `folder` or `folder=log-group`, separated by commas. Throws an error that says what is wrong. */
export const parseWatchedFolders = (text: string): readonly WatchedFolder[] =>
  text.split(',').map(entry => entry.trim()).filter(entry => entry !== '').map(entry => {
    const equals = entry.lastIndexOf('=')
    const [path, group] = equals < 0 ? [entry, undefined] : [entry.slice(0, equals).trim(), entry.slice(equals + 1).trim()]
    if (path === '') throw new Error('must name a folder before each =')
    if (group !== undefined && !/^[.\-_/#A-Za-z0-9]{1,512}$/.test(group)) throw new Error('must name log groups by letters, digits and . - _ / #')
    return { path: resolve(path), logGroup: group }
  })
