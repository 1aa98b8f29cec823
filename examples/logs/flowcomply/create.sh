#!/bin/sh
# flowcomply: a compliance application on ECS, whose VPC writes flow logs.
#
#   create.sh on-call@flowcomply.example   (the address gets a mail to confirm first)
#   WEBHOOK_URL   a receiver of everything, for trying it out
. "$(dirname "$0")/../steps.sh"

topic flowcomply-alerts
subscribe flowcomply-alerts email "${1:-}"
subscribe flowcomply-alerts http "${WEBHOOK_URL:-}"

log_definitions flowcomply
