import type { Migration } from '../migrate.ts'

/** Queries of log events that were started, those that are saved or run by schedule, and the tables that they look things up in. */
export const logQueries: Migration = {
  number: 11,
  name: 'log queries',
  sql: `
    create table log_queries (
      id text primary key,
      account text not null,
      region text not null,
      status text not null,
      created_at integer not null,
      finished_at integer,
      definition text not null,
      statistics text not null,
      rows integer not null,
      reason text
    ) strict;
    create index log_queries_by_time on log_queries (account, region, created_at);
    create index log_queries_by_age on log_queries (created_at);

    create table query_definitions (
      id text primary key,
      account text not null,
      region text not null,
      name text not null,
      modified_at integer not null,
      definition text not null
    ) strict;
    create index query_definitions_by_name on query_definitions (account, region, name);

    create table scheduled_queries (
      id text primary key,
      account text not null,
      region text not null,
      name text not null,
      state text not null,
      created_at integer not null,
      updated_at integer not null,
      definition text not null,
      triggered_at integer,
      last_status text,
      unique (account, region, name)
    ) strict;

    create table scheduled_query_runs (
      seq integer primary key autoincrement,
      schedule_id text not null references scheduled_queries (id),
      at integer not null,
      query_id text,
      status text not null,
      reason text,
      destinations text not null
    ) strict;
    create index scheduled_query_runs_by_schedule on scheduled_query_runs (schedule_id, at);

    create table lookup_tables (
      account text not null,
      region text not null,
      name text not null,
      updated_at integer not null,
      definition text not null,
      body text not null,
      primary key (account, region, name)
    ) strict;
  `,
}
