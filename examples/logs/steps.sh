# What every create.sh of logs does, in stock aws commands. It is sourced, not run.
. "$(dirname "$0")/../../alarms/steps.sh"
roles="arn:aws:iam::$account:role/"

# input FILE: the definition, with real ARNs in it
input() {
  sed -e "s|TOPICS:|$topics:|g" -e "s|ROLES:|$roles|g" "$1"
}

# log_definitions SYSTEM: everything that the folder holds
log_definitions() {
  while read -r name days; do
    echo "create-log-group $name"
    # It may be there: what else is in the way stops the next command, too.
    aws logs create-log-group --log-group-name "$name" 2>/dev/null || true
    aws logs put-retention-policy --log-group-name "$name" --retention-in-days "$days"
    if [ -n "${KMS_KEY_ARN:-}" ]; then
      aws logs associate-kms-key --log-group-name "$name" --kms-key-id "$KMS_KEY_ARN"
    fi
  done < groups.txt
  for file in metric-filters/*.json; do
    echo "put-metric-filter $file"
    aws logs put-metric-filter --cli-input-json "$(input "$file")"
  done
  for file in subscription-filters/*.json; do
    echo "put-subscription-filter $file"
    aws logs put-subscription-filter --cli-input-json "$(input "$file")"
  done
  for file in queries/*.txt; do
    query "$1/$(basename "$file" .txt)" "$file"
  done
  # PutLogAlarm is young: an older CLI does not know it.
  if ! aws cloudwatch put-log-alarm --generate-cli-skeleton > /dev/null 2>&1; then
    echo 'This aws has no put-log-alarm: the log alarms were left out.' >&2
    return
  fi
  for file in alarms/*.json; do
    echo "put-log-alarm $file"
    aws cloudwatch put-log-alarm --cli-input-json "$(input "$file")"
  done
}

# query NAME FILE: saved under the name, in place of one that has it; the first line of the file says which groups it is about
query() {
  echo "put-query-definition $1"
  names=$(sed -n '1s/^# //p' "$2")
  id=$(aws logs describe-query-definitions --query-definition-name-prefix "$1" \
    --query "queryDefinitions[?name=='$1'].queryDefinitionId | [0]" --output text)
  case $id in
    '' | None) id= ;;
  esac
  # The names are words of their own, and none has blanks in it.
  # shellcheck disable=SC2086
  aws logs put-query-definition --name "$1" --log-group-names $names --query-string "$(sed 1d "$2")" \
    ${id:+--query-definition-id "$id"} > /dev/null
}
