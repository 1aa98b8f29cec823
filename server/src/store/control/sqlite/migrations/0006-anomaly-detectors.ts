import type { Migration } from '../migrate.ts'

/** Anomaly detectors, and what they have learnt at each period. */
export const anomalyDetectors: Migration = {
  number: 6,
  name: 'anomaly detectors',
  sql: `
    create table anomaly_detectors (
      account text not null,
      region text not null,
      id text not null,
      definition text not null,
      state text not null,
      configured_at integer not null,
      primary key (account, region, id)
    ) strict, without rowid;

    create table anomaly_models (
      account text not null,
      region text not null,
      detector_id text not null,
      period integer not null,
      trained_at integer not null,
      model text not null,
      primary key (account, region, detector_id, period),
      foreign key (account, region, detector_id) references anomaly_detectors (account, region, id) on delete cascade
    ) strict;
  `,
}
