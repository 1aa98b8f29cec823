import type { Migration } from '../migrate.ts'

/**
 * What alarms on expressions, queries and other alarms bring along: states that say more (JSON), contributors with states of
 * their own, and the history of each.
 */
export const alarmKinds: Migration = {
  number: 4,
  name: 'alarm kinds',
  sql: `
    alter table alarms add column state_more text;

    create table alarm_contributors (
      account text not null,
      region text not null,
      alarm_arn text not null,
      id text not null,
      attributes text not null,
      value text not null,
      reason text not null,
      transitioned_at integer not null,
      turning_since integer,
      primary key (account, region, alarm_arn, id)
    ) strict, without rowid;

    alter table alarm_history add column contributor_id text;
    alter table alarm_history add column contributor_attributes text;
    create index alarm_history_by_contributor on alarm_history (account, region, alarm_name, contributor_id, at)
      where contributor_id is not null;
  `,
}
