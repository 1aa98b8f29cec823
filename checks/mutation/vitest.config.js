import { defineConfig } from 'vitest/config'

/** The engines' own tests: they are fast, and what the engines decide is to be held there, not only in stories around them. */
export default defineConfig({
  test: { include: ['server/src/engines/{alarms,composite,contributors,mutes}/**/*.test.ts'], testTimeout: 30_000 },
})
