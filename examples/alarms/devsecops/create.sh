#!/bin/sh
# devsecops: a data platform that reports its own health, data quality and processing times.
#
#   PAGERDUTY_URL   https://events.pagerduty.com/integration/<key>/enqueue
#   SLACK_URL       https://hooks.slack.com/services/… of #platform-alerts
#   PLATFORM_EMAIL, ON_CALL_EMAIL, SECURITY_EMAIL   get a mail to confirm first
#   WEBHOOK_URL     a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic platform-critical
subscribe platform-critical https "${PAGERDUTY_URL:-}"

topic platform-slack
subscribe platform-slack https "${SLACK_URL:-}"

topic platform-email
subscribe platform-email email "${PLATFORM_EMAIL:-}"
subscribe platform-email email "${ON_CALL_EMAIL:-}"

topic platform-security
subscribe platform-security email "${SECURITY_EMAIL:-}"

for name in critical slack email security; do
  subscribe "platform-$name" http "${WEBHOOK_URL:-}"
done

put put-metric-alarm alarms
# Warnings are silent while the platform is being maintained; what is still wrong at the end is told then.
put put-alarm-mute-rule mutes
