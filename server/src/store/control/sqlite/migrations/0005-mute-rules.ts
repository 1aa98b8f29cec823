import type { Migration } from '../migrate.ts'

/** Rules that mute the actions of alarms at certain times. */
export const muteRules: Migration = {
  number: 5,
  name: 'mute rules',
  sql: `
    create table mute_rules (
      arn text primary key,
      account text not null,
      region text not null,
      name text not null,
      definition text not null,
      unique (account, region, name)
    ) strict;
  `,
}
