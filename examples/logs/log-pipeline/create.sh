#!/bin/sh
# log-pipeline: objects dropped into the bucket `logs` below `services/` are read into `/s3/logs/services`, and metrics made of them.
#
#   ON_CALL_EMAIL         gets a mail to confirm first
#   RUNBOOK_EXECUTOR_URL  https address that performs the response; it confirms its subscription
#   WEBHOOK_URL           a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic log-pipeline-alerts
subscribe log-pipeline-alerts email "${ON_CALL_EMAIL:-}"
subscribe log-pipeline-alerts https "${RUNBOOK_EXECUTOR_URL:-}"
subscribe log-pipeline-alerts http "${WEBHOOK_URL:-}"

log_definitions log-pipeline
