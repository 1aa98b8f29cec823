import type { Migration } from '../migrate.ts'

/**
 * Topics, subscriptions and the outbox. A message is stored once, with one delivery per subscription; `finished_at is
 * null` marks the open ones, and the partial indexes keep the queue's cost to the open rows, whatever is kept for reading.
 */
export const topicsAndOutbox: Migration = {
  number: 2,
  name: 'topics and outbox',
  sql: `
    create table topics (
      arn text primary key,
      account text not null,
      region text not null,
      name text not null,
      attributes text not null,
      created_at integer not null,
      unique (account, region, name)
    ) strict;

    create table subscriptions (
      seq integer primary key autoincrement,
      arn text not null unique,
      account text not null,
      region text not null,
      topic_arn text not null references topics (arn) on delete cascade,
      protocol text not null,
      endpoint text not null,
      owner text not null,
      status text not null,
      token text not null,
      token_expires_at integer not null,
      confirmation_was_authenticated integer not null,
      authenticate_on_unsubscribe integer not null,
      attributes text not null,
      created_at integer not null,
      unique (topic_arn, protocol, endpoint)
    ) strict;
    create index subscriptions_by_tenant on subscriptions (account, region, seq);
    create index subscriptions_by_token on subscriptions (token);

    create table messages (
      seq integer primary key autoincrement,
      account text not null,
      region text not null,
      topic_arn text not null,
      message_id text not null,
      subject text,
      message text not null,
      structure text,
      attributes text not null,
      published_at integer not null,
      alarm text,
      group_id text,
      unique (account, region, topic_arn, message_id)
    ) strict;

    create table deliveries (
      seq integer primary key autoincrement,
      message_seq integer not null references messages (seq),
      account text not null,
      region text not null,
      type text not null,
      topic_arn text not null,
      alarm_arn text,
      target text not null,
      token text,
      destination text not null,
      order_key text not null,
      state text not null,
      due_at integer not null,
      leased_until integer not null default 0,
      attempts integer not null default 0,
      created_at integer not null,
      finished_at integer
    ) strict;
    create index deliveries_open on deliveries (due_at, seq, leased_until, destination, order_key) where finished_at is null;
    create index deliveries_in_order on deliveries (order_key, seq) where finished_at is null;
    create index deliveries_leased on deliveries (leased_until) where leased_until > 0;
    create index deliveries_finished on deliveries (state, finished_at) where finished_at is not null;
    create index deliveries_by_message on deliveries (message_seq);
    create index deliveries_by_tenant on deliveries (account, region, seq);
    create index deliveries_by_state on deliveries (account, region, state, seq);
    create index deliveries_by_alarm on deliveries (account, region, alarm_arn, seq) where alarm_arn is not null;
    create index deliveries_by_topic on deliveries (account, region, topic_arn, seq);

    create table delivery_attempts (
      delivery_seq integer not null references deliveries (seq) on delete cascade,
      number integer not null,
      at integer not null,
      duration_millis integer not null,
      kind text not null,
      retryable integer,
      status integer,
      detail text not null,
      retry_at integer,
      primary key (delivery_seq, number)
    ) strict, without rowid;
  `,
}
