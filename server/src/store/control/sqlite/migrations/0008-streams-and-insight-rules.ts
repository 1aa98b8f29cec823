import type { Migration } from '../migrate.ts'

/** Metric streams, with the end of the last minute that their receiver took, and Contributor Insights rules. */
export const streamsAndInsightRules: Migration = {
  number: 8,
  name: 'metric streams and insight rules',
  sql: `
    create table metric_streams (
      account text not null,
      region text not null,
      name text not null,
      state text not null,
      definition text not null,
      created_at integer not null,
      updated_at integer not null,
      sent_up_to integer not null,
      primary key (account, region, name)
    ) strict;

    create table insight_rules (
      account text not null,
      region text not null,
      name text not null,
      state text not null,
      schema text not null,
      definition text not null,
      on_transformed_logs integer not null,
      template text,
      resource_arn text,
      primary key (account, region, name)
    ) strict;
    create index insight_rules_by_resource on insight_rules (account, region, resource_arn) where resource_arn is not null;
  `,
}
