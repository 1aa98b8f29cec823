import type { Migration } from '../migrate.ts'

/** Which objects hold logs, and how far each of those has been taken. */
export const drops: Migration = {
  number: 14,
  name: 'log drops',
  sql: `
    create table drop_rules (
      account text not null,
      region text not null,
      bucket text not null,
      prefix text not null,
      log_group text,
      primary key (account, region, bucket, prefix)
    ) strict, without rowid;

    create table drops (
      id integer primary key autoincrement,
      account text not null,
      region text not null,
      source text not null,
      key text not null,
      version text not null,
      size integer not null,
      modified_at integer not null,
      log_group text not null,
      stream text not null,
      state text not null,
      events integer not null,
      claim_seq text,
      claim_count integer,
      reason text,
      detail text,
      at integer not null,
      unique (account, region, source, key, version)
    ) strict;
    create index drops_by_state on drops (state, account, region, id);
  `,
}
