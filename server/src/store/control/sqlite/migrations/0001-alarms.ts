import type { Migration } from '../migrate.ts'

/** Alarms with their states, their history, tags of anything that has an ARN, and the store's own settings. */
export const alarms: Migration = {
  number: 1,
  name: 'alarms',
  sql: `
    create table alarms (
      arn text primary key,
      account text not null,
      region text not null,
      name text not null,
      definition text not null,
      state_value text not null,
      state_reason text not null,
      state_reason_data text,
      state_updated_at integer not null,
      state_transitioned_at integer not null,
      unique (account, region, name)
    ) strict;

    create table alarm_history (
      seq integer primary key autoincrement,
      account text not null,
      region text not null,
      alarm_name text not null,
      alarm_type text not null,
      at integer not null,
      type text not null,
      summary text not null,
      data text not null
    ) strict;
    create index alarm_history_by_alarm on alarm_history (account, region, alarm_name, at);
    create index alarm_history_by_time on alarm_history (at);

    create table tags (
      account text not null,
      region text not null,
      arn text not null,
      key text not null,
      value text not null,
      primary key (account, region, arn, key)
    ) strict, without rowid;

    create table settings (
      key text primary key,
      value text not null
    ) strict, without rowid;
  `,
}
