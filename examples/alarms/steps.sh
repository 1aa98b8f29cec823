# What every create.sh does, in stock aws commands. It is sourced, not run.
set -eu
cd "$(dirname "$0")"

# Version 1 of the CLI reads one of the two variables, version 2 prefers the other.
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region)}}
export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"
account=$(aws sts get-caller-identity --query Account --output text)
topics="arn:aws:sns:$region:$account"

# topic NAME
topic() {
  aws sns create-topic --name "$1" --output text
}

# subscribe TOPIC PROTOCOL ENDPOINT: nothing where the endpoint is empty
subscribe() {
  if [ -n "$3" ]; then
    aws sns subscribe --topic-arn "$topics:$1" --protocol "$2" --notification-endpoint "$3" --output text
  fi
}

# put COMMAND FOLDER: every definition in the folder, with the topics' real ARNs in it
put() {
  for file in "$2"/*.json; do
    echo "$1 $file"
    aws cloudwatch "$1" --cli-input-json "$(sed "s|TOPICS:|$topics:|g" "$file")"
  done
}
