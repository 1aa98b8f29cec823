#!/bin/sh
# menotime: a health-care application on ECS, RDS and an application load balancer.
#
#   PAGERDUTY_URL       https://events.pagerduty.com/integration/<key>/enqueue
#   SLACK_ALERTS_URL    https://hooks.slack.com/services/… of #alerts
#   SLACK_SECURITY_URL  … of #security
#   SLACK_OPS_URL       … of #ops
#   OPS_EMAIL           gets a mail to confirm first
#   WEBHOOK_URL         a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic menotime-critical
subscribe menotime-critical https "${PAGERDUTY_URL:-}"

topic menotime-alerts
subscribe menotime-alerts https "${SLACK_ALERTS_URL:-}"

topic menotime-security
subscribe menotime-security https "${SLACK_SECURITY_URL:-}"

topic menotime-ops
subscribe menotime-ops https "${SLACK_OPS_URL:-}"
subscribe menotime-ops email "${OPS_EMAIL:-}"

for name in critical alerts security ops; do
  subscribe "menotime-$name" http "${WEBHOOK_URL:-}"
done

put put-metric-alarm alarms
# After its children: a composite alarm can only name alarms that exist.
put put-composite-alarm composites
