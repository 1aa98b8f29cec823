import { availableParallelism } from 'node:os'
import { millis, type Millis } from '../../base/time.ts'

/**
 * Which of the engine's queues a statement waits in. One embedded session runs one statement at a time, so writes, short
 * reads, long reads, what people search logs for (which may take an hour) and the store's own upkeep (roll-ups) each have sessions
 * of their own and cannot hold each other up.
 */
export type Lane = 'write' | 'quick' | 'slow' | 'long' | 'upkeep'

/** The request header that names the lane; a real ClickHouse ignores it. */
export const LANE_HEADER = 'x-tocsin-lane'

/** How many statements of a lane run at once in the embedded engine, and how many more may wait. */
export const LANE_SESSIONS: Readonly<Record<Lane, number>> = { write: 1, quick: 3, slow: 2, long: 8, upkeep: 1 }
export const LANE_QUEUE: Readonly<Record<Lane, number>> = { write: 64, quick: 512, slow: 64, long: 64, upkeep: 16 }

/** Connections to the engine: a statement that waits for its turn holds one, too. */
export const SOCKETS = Object.values(LANE_SESSIONS).reduce((sum, count) => sum + count * 2, 8)

/** For how long an answer is waited for: roll-ups and searches may take as long as they need, and the engine should be the one to give up. */
export const timeoutOf = (lane: Lane): Millis => (lane === 'upkeep' || lane === 'long' ? PATIENT : BRIEF)
const BRIEF = millis(120_000)
const PATIENT = millis(3_600_000)

/** Half of the machine: on two cores, a long read with two threads makes short ones beside it wait up to fifteen times as long. */
const SLOW_THREADS = String(Math.max(1, availableParallelism() >> 1))

/** For statements of the slow lane that are known to be over within some tens of milliseconds. */
export const BRIEF_THREADS = Math.min(4, availableParallelism())

/** Limits that travel with every statement, so that a clustered ClickHouse keeps them as well. */
const ONE_THREAD = { max_threads: '1', max_insert_threads: '1' }
export const LANE_SETTINGS: Readonly<Record<Lane, Readonly<Record<string, string>>>> = {
  write: { ...ONE_THREAD, max_memory_usage: '2000000000' },
  // A second thread makes a short read slower: starting it costs more than it saves.
  quick: { max_threads: '1', max_execution_time: '10', max_memory_usage: '500000000' },
  slow: { max_threads: SLOW_THREADS, max_execution_time: '60', max_memory_usage: '1000000000' },
  // What does not fit into memory is grouped and sorted on disk; what nobody could take as an answer is refused.
  long: {
    max_threads: SLOW_THREADS,
    max_execution_time: '3600',
    max_memory_usage: '1000000000',
    max_bytes_before_external_group_by: '400000000',
    max_bytes_before_external_sort: '400000000',
    max_result_bytes: '268435456',
  },
  upkeep: { ...ONE_THREAD, max_memory_usage: '1500000000' },
}

/** What arrives in one insert becomes one block and so one part in each partition: as atomic as an insert can be. */
export const INSERT_SETTINGS: Readonly<Record<string, string>> = {
  async_insert: '0',
  min_insert_block_size_rows: '100000000',
  min_insert_block_size_bytes: '1000000000',
  max_insert_block_size: '100000000',
  input_format_parallel_parsing: '0',
  // Logs that are brought in late may be of any days.
  max_partitions_per_insert_block: '0',
  // The first merge brings them, for all of its parts at once: writing them for each part costs more than the rows themselves.
  materialize_skip_indexes_on_insert: '0',
  // Spool files have the same few names again and again.
  schema_inference_use_cache_for_file: '0',
}
