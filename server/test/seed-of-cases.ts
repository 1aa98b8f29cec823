import { configureGlobal } from 'fast-check'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** What random cases of property tests are drawn from; `SEED=… npm test` draws others. */
    seedOfCases: number
  }
}

configureGlobal({ seed: inject('seedOfCases') })
