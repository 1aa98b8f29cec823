import type { Migration } from '../migrate.ts'

/** Dashboards, which belong to an account and to no region. */
export const dashboards: Migration = {
  number: 7,
  name: 'dashboards',
  sql: `
    create table dashboards (
      account text not null,
      name text not null,
      body text not null,
      modified_at integer not null,
      primary key (account, name)
    ) strict;
  `,
}
