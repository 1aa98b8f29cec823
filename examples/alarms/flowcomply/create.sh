#!/bin/sh
# flowcomply: a compliance application on ECS, RDS, Redis and a load balancer, in ap-southeast-2.
#
#   ./create.sh on-call@example.com    the address gets a mail to confirm first
#   WEBHOOK_URL                        a receiver of everything, for trying it out
email=${1:?"the e-mail address that is to be alerted"}
. "$(dirname "$0")/../steps.sh"

topic FlowComply-Alerts
subscribe FlowComply-Alerts email "$email"
subscribe FlowComply-Alerts http "${WEBHOOK_URL:-}"

put put-metric-alarm alarms

aws cloudwatch describe-alarms --alarm-name-prefix "FlowComply-" \
  --query 'MetricAlarms[].{Name:AlarmName,State:StateValue}' --output table
