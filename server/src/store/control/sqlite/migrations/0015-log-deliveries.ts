import type { Migration } from '../migrate.ts'

/** A source or a destination stays as long as a delivery names it. */
export const logDeliveries: Migration = {
  number: 15,
  name: 'deliveries of logs that services send themselves',
  sql: `
    create table log_delivery_sources (
      seq integer primary key autoincrement,
      account text not null,
      region text not null,
      name text not null,
      created_at integer not null,
      definition text not null,
      unique (account, region, name)
    ) strict;

    create table log_delivery_destinations (
      seq integer primary key autoincrement,
      account text not null,
      region text not null,
      name text not null,
      created_at integer not null,
      definition text not null,
      unique (account, region, name)
    ) strict;

    create table log_deliveries (
      seq integer primary key autoincrement,
      account text not null,
      region text not null,
      id text not null,
      source text not null,
      destination text not null,
      created_at integer not null,
      definition text not null,
      unique (account, region, id),
      foreign key (account, region, source) references log_delivery_sources (account, region, name),
      foreign key (account, region, destination) references log_delivery_destinations (account, region, name)
    ) strict;
    create index log_deliveries_by_source on log_deliveries (account, region, source);
    create index log_deliveries_by_destination on log_deliveries (account, region, destination);
  `,
}
