import { sleep, type Clock } from '../../base/clock.ts'
import { millis } from '../../base/time.ts'
import type { DroppedEvents, DropSink } from '../../jobs/drops/ports.ts'
import type { PutLogs } from '../../model/log-intake.ts'
import type { LogGroup } from '../../model/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import { OverloadedError } from '../../store/intake/overloaded-error.ts'

interface Parts {
  readonly groups: { ensure(tenant: Tenant, name: string, stream: string, now: EpochMillis): Promise<LogGroup> }
  readonly intake: {
    accept(put: PutLogs): Promise<unknown>
    resume(put: PutLogs, firstSeq: bigint): Promise<boolean>
  }
  readonly clock: Clock
}

/** Between tries while the telemetry store takes no more events. */
const PAUSE = millis(200)

/** The events of dropped objects take the way of all others. */
export const dropSink = ({ groups, intake, clock }: Parts): DropSink => {
  const putOf = async ({ tenant, logGroup, stream, timestamps, messages }: DroppedEvents): Promise<PutLogs> => {
    const group = await groups.ensure(tenant, logGroup, stream, clock.now())
    return { group, stream, timestamps, messages }
  }
  return {
    async accept(events, claim) {
      let claimed = false
      const put = {
        ...(await putOf(events)),
        claim: (firstSeq: bigint) => {
          claimed = true
          return claim(firstSeq)
        },
      }
      for (;;) {
        try {
          await intake.accept(put)
          return
        } catch (error) {
          // Once they are claimed, the events may be there although what comes of them found no room.
          if (claimed || !(error instanceof OverloadedError)) throw error
          await sleep(clock, PAUSE)
        }
      }
    },
    resume: async (events, firstSeq) => intake.resume(await putOf(events), firstSeq),
  }
}
