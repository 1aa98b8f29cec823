#!/bin/sh
# orchid: a multi-tenant web application and its cron jobs, with metrics of its own.
#
#   SLACK_URL    https://hooks.slack.com/services/…
#   WEBHOOK_URL  a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic orchid-alerts
subscribe orchid-alerts https "${SLACK_URL:-}"
subscribe orchid-alerts http "${WEBHOOK_URL:-}"

put put-metric-alarm alarms
