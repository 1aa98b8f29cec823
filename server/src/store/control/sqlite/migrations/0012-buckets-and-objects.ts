import type { Migration } from '../migrate.ts'

/** Buckets, what is in them, uploads under way, and the feed that tells of every version once. Bodies are files beside the store. */
export const bucketsAndObjects: Migration = {
  number: 12,
  name: 'buckets and objects',
  sql: `
    create table buckets (
      id integer primary key autoincrement,
      account text not null,
      region text not null,
      name text not null,
      created_at integer not null,
      documents text not null,
      expiry text not null,
      unique (account, name)
    ) strict;

    create table objects (
      bucket_id integer not null references buckets (id),
      key text not null,
      version text not null unique,
      size integer not null,
      etag text not null,
      modified_at integer not null,
      feed_id integer not null,
      attributes text not null,
      parts text not null
    ) strict;
    create unique index objects_by_key on objects (bucket_id, key);
    create index objects_by_age on objects (bucket_id, modified_at);

    create table uploads (
      id text primary key,
      bucket_id integer not null references buckets (id),
      key text not null,
      started_at integer not null,
      attributes text not null,
      checksum_algorithm text
    ) strict;
    create index uploads_by_key on uploads (bucket_id, key, id);

    create table upload_parts (
      upload_id text not null references uploads (id),
      number integer not null,
      blob text unique,
      size integer not null,
      etag text not null,
      modified_at integer not null,
      checksum text,
      primary key (upload_id, number)
    ) strict;

    create table object_feed (
      id integer primary key autoincrement,
      account text not null,
      region text not null,
      bucket text not null,
      key text not null,
      version text not null,
      size integer not null,
      etag text not null,
      at integer not null,
      content_type text,
      content_encoding text,
      parts text not null
    ) strict;
    create table object_feed_followers (name text primary key, position integer not null) strict;

    create table object_garbage (blob text primary key, feed_id integer not null) strict;
  `,
}
