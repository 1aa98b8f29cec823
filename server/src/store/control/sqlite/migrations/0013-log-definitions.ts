import type { Migration } from '../migrate.ts'

/**
 * What people define for their logs besides groups and filters. Data protection keeps versions, since events that are read from the
 * journal after a kill are masked as they were when they came.
 */
export const logDefinitions: Migration = {
  number: 13,
  name: 'data protection, policies, exports and anomalies of logs',
  sql: `
    create table log_protections (
      seq integer primary key,
      account text not null,
      region text not null,
      group_id integer references log_groups (id) on delete cascade,
      name text not null,
      document text not null,
      since integer not null,
      until integer
    ) strict;
    create index log_protections_by_group on log_protections (group_id);

    create table log_documents (
      account text not null,
      region text not null,
      kind text not null,
      name text not null,
      group_id integer references log_groups (id) on delete cascade,
      document text not null,
      created_at integer not null,
      updated_at integer not null,
      primary key (account, region, kind, name)
    ) strict;
    create index log_documents_by_group on log_documents (group_id);

    create table log_exports (
      id text primary key,
      account text not null,
      region text not null,
      status text not null,
      message text,
      definition text not null,
      created_at integer not null,
      finished_at integer
    ) strict;
    create index log_exports_by_owner on log_exports (account, region, created_at);

    create table log_anomaly_detectors (
      id text primary key,
      account text not null,
      region text not null,
      definition text not null,
      status text not null,
      created_at integer not null,
      modified_at integer not null,
      evaluated_up_to integer not null,
      model text not null
    ) strict;
    create index log_anomaly_detectors_by_owner on log_anomaly_detectors (account, region);

    create table log_anomalies (
      id text primary key,
      detector_id text not null references log_anomaly_detectors (id) on delete cascade,
      anomaly text not null
    ) strict;
    create index log_anomalies_by_detector on log_anomalies (detector_id);
  `,
}
