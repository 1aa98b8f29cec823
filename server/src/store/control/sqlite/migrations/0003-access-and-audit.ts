import type { Migration } from '../migrate.ts'

/** Users, their policies and keys, and the audit trail of everything that changed a definition. */
export const accessAndAudit: Migration = {
  number: 3,
  name: 'access and audit',
  sql: `
    create table users (
      account text not null,
      name text not null,
      id text not null unique,
      path text not null,
      created_at integer not null,
      primary key (account, name)
    ) strict;

    create table user_policies (
      account text not null,
      user_name text not null,
      name text not null,
      document text not null,
      primary key (account, user_name, name),
      foreign key (account, user_name) references users (account, name) on delete cascade
    ) strict;

    create table access_keys (
      seq integer primary key autoincrement,
      id text not null unique,
      account text not null,
      secret text not null,
      status text not null,
      user_name text,
      created_at integer not null,
      session_token text,
      expires_at integer,
      session_name text,
      issuer_key_id text,
      session_policy text,
      foreign key (account, user_name) references users (account, name) on delete cascade
    ) strict;
    create index access_keys_by_user on access_keys (account, user_name);
    create index access_keys_by_expiry on access_keys (expires_at) where expires_at is not null;

    create table audit (
      seq integer primary key autoincrement,
      account text not null,
      region text not null,
      at integer not null,
      request_id text not null,
      service text not null,
      operation text not null,
      principal text not null,
      access_key_id text,
      source_address text,
      user_agent text,
      error_code text,
      resources text not null,
      parameters text not null
    ) strict;
    create index audit_by_tenant on audit (account, region, at);
    create index audit_by_time on audit (at);
  `,
}
