import type { Migration } from '../migrate.ts'

/** What log groups do with their events on arrival, and names for where events are sent. */
export const logFilters: Migration = {
  number: 10,
  name: 'log filters and destinations',
  sql: `
    create table log_filters (
      group_id integer not null references log_groups (id) on delete cascade,
      kind text not null check (kind in ('metric', 'subscription')),
      name text not null,
      definition text not null,
      primary key (group_id, kind, name)
    ) strict, without rowid;

    create table log_destinations (
      account text not null,
      region text not null,
      name text not null,
      created_at integer not null,
      definition text not null,
      primary key (account, region, name)
    ) strict, without rowid;
  `,
}
