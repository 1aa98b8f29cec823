#!/bin/sh
# devsecops: a data platform whose pipelines log JSON.
#
#   PAGERDUTY_URL      https://events.pagerduty.com/integration/<key>/enqueue: data loss
#   SLACK_ALERTS_URL   https://hooks.slack.com/services/… of #platform-alerts
#   SECURITY_EMAIL     gets a mail to confirm first
#   WEBHOOK_URL        a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic platform-critical
subscribe platform-critical https "${PAGERDUTY_URL:-}"

topic platform-alerts
subscribe platform-alerts https "${SLACK_ALERTS_URL:-}"

topic platform-security
subscribe platform-security email "${SECURITY_EMAIL:-}"

for name in critical alerts security; do
  subscribe "platform-$name" http "${WEBHOOK_URL:-}"
done

log_definitions devsecops
