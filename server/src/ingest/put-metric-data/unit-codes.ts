import { UNITS } from '../../model/metric.ts'

/** Position of each unit in {@link UNITS}, by its name. */
export const unitCodes: ReadonlyMap<string, number> = new Map<string, number>(UNITS.map((unit, index) => [unit, index]))
