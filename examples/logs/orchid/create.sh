#!/bin/sh
# orchid: a multi-tenant application that writes JSON by watchtower, a database an agency.
#
#   ON_CALL_EMAIL     gets a mail to confirm first
#   SLACK_ALERTS_URL  https://hooks.slack.com/services/…
#   WEBHOOK_URL       a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic orchid-alerts
subscribe orchid-alerts email "${ON_CALL_EMAIL:-}"
subscribe orchid-alerts https "${SLACK_ALERTS_URL:-}"
subscribe orchid-alerts http "${WEBHOOK_URL:-}"

log_definitions orchid
