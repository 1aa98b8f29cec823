import { alarmArnOf } from '../../base/arn.ts'
import { reachesItself } from '../../engines/composite/cycles.ts'
import { isComposite } from '../../engines/composite/next-step.ts'
import { parseRule } from '../../engines/composite/parse.ts'
import { alarmsIn, type RuleNode } from '../../engines/composite/rule.ts'
import type { AlarmRecord, CompositeAlarm, RecordOf } from '../../model/alarm.ts'

interface Links {
  readonly definition: CompositeAlarm
  readonly rule: RuleNode
  readonly children: ReadonlySet<string>
  readonly suppressor: string | undefined
}

/** Every alarm with its newest state, and which composite alarms stand on which others. ARNs throughout. */
export class CompositeGraph {
  readonly #records = new Map<string, AlarmRecord>()
  readonly #links = new Map<string, Links>()
  readonly #parents = new Map<string, Set<string>>()
  readonly #suppressed = new Map<string, Set<string>>()

  get(arn: string): AlarmRecord | undefined {
    return this.#records.get(arn)
  }

  composite(arn: string): RecordOf<CompositeAlarm> | undefined {
    const record = this.#records.get(arn)
    return record !== undefined && isComposite(record) ? record : undefined
  }

  get composites(): Iterable<string> {
    return this.#links.keys()
  }

  /** Throws `SyntaxProblem` for a rule that cannot be read, which no door lets in. */
  set(record: AlarmRecord): void {
    const { arn } = record.alarm
    this.#records.set(arn, record)
    if (this.#links.get(arn)?.definition === record.alarm) return
    this.#unlink(arn)
    if (isComposite(record)) this.#link(record.alarm)
  }

  delete(arn: string): void {
    this.#records.delete(arn)
    this.#unlink(arn)
  }

  ruleOf(arn: string): RuleNode | undefined {
    return this.#links.get(arn)?.rule
  }

  childrenOf(arn: string): Iterable<string> {
    return this.#links.get(arn)?.children ?? []
  }

  parentsOf(arn: string): Iterable<string> {
    return this.#parents.get(arn) ?? []
  }

  suppressedBy(arn: string): Iterable<string> {
    return this.#suppressed.get(arn) ?? []
  }

  suppressorInAlarm(arn: string): boolean {
    const suppressor = this.#links.get(arn)?.suppressor
    return suppressor !== undefined && this.#records.get(suppressor)?.state.value === 'ALARM'
  }

  isCircular(arn: string): boolean {
    return reachesItself(arn, child => this.childrenOf(child))
  }

  #link(definition: CompositeAlarm): void {
    const { arn, tenant, suppressor } = definition
    const rule = parseRule(definition.rule)
    const links: Links = {
      definition,
      rule,
      children: new Set(alarmsIn(rule).map(alarm => alarmArnOf(tenant, alarm))),
      suppressor: suppressor && alarmArnOf(tenant, suppressor.alarm),
    }
    this.#links.set(arn, links)
    for (const child of links.children) add(this.#parents, child, arn)
    if (links.suppressor !== undefined) add(this.#suppressed, links.suppressor, arn)
  }

  #unlink(arn: string): void {
    const links = this.#links.get(arn)
    if (links === undefined) return
    this.#links.delete(arn)
    for (const child of links.children) remove(this.#parents, child, arn)
    if (links.suppressor !== undefined) remove(this.#suppressed, links.suppressor, arn)
  }
}

const add = (index: Map<string, Set<string>>, key: string, arn: string): void => {
  const known = index.get(key)
  if (known === undefined) index.set(key, new Set([arn]))
  else known.add(arn)
}

const remove = (index: Map<string, Set<string>>, key: string, arn: string): void => {
  const known = index.get(key)
  known?.delete(arn)
  if (known?.size === 0) index.delete(key)
}
