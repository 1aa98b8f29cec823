import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * The embedded engine's server configuration. Its own defaults are made for a machine of its own: gigabytes of caches and
 * nine tenths of the memory. Recent data is served from the head, so small caches do.
 */
const SETTINGS: Readonly<Record<string, number>> = {
  max_server_memory_usage: 3_000_000_000,
  mark_cache_size: 67_108_864,
  primary_index_cache_size: 67_108_864,
  index_mark_cache_size: 16_777_216,
  // Words of some twenty million log events: who looks for an id looks for the next one soon, and half of the time goes into unpacking them.
  index_uncompressed_cache_size: 134_217_728,
  query_condition_cache_size: 16_777_216,
  compiled_expression_cache_size: 8_388_608,
  mmap_cache_size: 100,
  background_pool_size: 2,
  max_thread_pool_free_size: 8,
  max_active_parts_loading_thread_pool_size: 2,
  max_outdated_parts_loading_thread_pool_size: 1,
  max_parts_cleaning_thread_pool_size: 2,
}

/** Writes the file and answers the arguments with which every session of the process is opened. */
export const engineArguments = (path: string): readonly string[] => {
  const lines = Object.entries(SETTINGS).map(([name, value]) => `  <${name}>${value}</${name}>`)
  const text = `<clickhouse>\n${lines.join('\n')}\n</clickhouse>\n`
  // Left alone when it is right: the engine must also start on a full disk.
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text, { mode: 0o600 })
  return [`--config-file=${path}`]
}
