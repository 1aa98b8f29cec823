import type { Migration } from '../migrate.ts'

/**
 * Log groups, their streams, and which column holds which discovered field of a group. `autoincrement`: a number is never given
 * twice, since events of a deleted group may still be in the telemetry store: removals say what has to go from there.
 */
export const logs: Migration = {
  number: 9,
  name: 'log groups, streams and fields',
  sql: `
    create table log_groups (
      id integer primary key autoincrement,
      account text not null,
      region text not null,
      name text not null,
      class text not null,
      retention_days integer,
      kms_key_id text,
      deletion_protected integer not null,
      created_at integer not null,
      unique (account, region, name)
    ) strict;

    create table log_streams (
      group_id integer not null references log_groups (id) on delete cascade,
      name text not null,
      created_at integer not null,
      first_event integer,
      last_event integer,
      last_ingestion integer,
      primary key (group_id, name)
    ) strict, without rowid;
    create index log_streams_by_last_event on log_streams (group_id, coalesce(last_event, -1), name);

    create table log_fields (
      group_id integer not null references log_groups (id) on delete cascade,
      name text not null,
      slot text,
      primary key (group_id, name)
    ) strict, without rowid;

    create table log_removals (
      group_id integer not null,
      stream text not null,
      up_to text not null,
      primary key (group_id, stream)
    ) strict;
  `,
}
