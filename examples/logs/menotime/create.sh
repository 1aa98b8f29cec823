#!/bin/sh
# menotime: a health-care application on ECS, RDS and an application load balancer.
#
#   KMS_KEY_ARN         the customer's key, for all groups
#   PAGERDUTY_URL       https://events.pagerduty.com/integration/<key>/enqueue: errors as they are written
#   SLACK_DATABASE_URL  https://hooks.slack.com/services/… of #database: statements of more than five seconds
#   SLACK_SECURITY_URL  … of #security: failed logins
#   WEBHOOK_URL         a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic menotime-critical
subscribe menotime-critical https "${PAGERDUTY_URL:-}"

topic menotime-database
subscribe menotime-database https "${SLACK_DATABASE_URL:-}"

topic menotime-security
subscribe menotime-security https "${SLACK_SECURITY_URL:-}"

for name in critical database security; do
  subscribe "menotime-$name" http "${WEBHOOK_URL:-}"
done

log_definitions menotime
