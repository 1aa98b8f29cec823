#!/bin/sh
# log-pipeline: metrics from logs, on Lambda, API Gateway and DynamoDB.
#
#   ON_CALL_EMAIL         gets a mail to confirm first
#   RUNBOOK_EXECUTOR_URL  https address that performs the response; it confirms its subscription
#   WEBHOOK_URL           a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic log-pipeline-alerts
subscribe log-pipeline-alerts email "${ON_CALL_EMAIL:-}"
subscribe log-pipeline-alerts https "${RUNBOOK_EXECUTOR_URL:-}"
subscribe log-pipeline-alerts http "${WEBHOOK_URL:-}"

put put-metric-alarm alarms
