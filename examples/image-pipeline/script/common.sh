# shellcheck shell=bash
# What the scripts beside it share: settings, the AWS CLI, presigned URLs. Sourced, not run.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
pipeline=$(dirname "$here")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Ends the script with one line that says what is wrong.
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Reads NAME=VALUE lines. A file is read, not run; what the environment has goes before it.
read_settings() {
  local file=$1 number=0 line name value
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    line=${line%$'\r'}
    line=${line#"${line%%[![:space:]]*}"}
    line=${line#export }
    case $line in '' | \#*) continue ;; esac
    name=${line%%=*}
    value=${line#*=}
    [[ $line == *=* && $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || fail "line $number of $file is not NAME=VALUE"
    case $value in \"*\" | \'*\') value=${value:1:${#value}-2} ;; esac
    [ -n "${!name:-}" ] || export "$name=$value"
  done <"$file"
}

# need NAME...: all of them must be set.
need() {
  local name hint
  for name; do
    hint='copy .env.example to .env and set it there'
    [ "$name" != DDN_APIGW_ENDPOINT ] || hint='apigw_00_create_api.sh prints it; put it into .env'
    [ -n "${!name:-}" ] || fail "$name is not set: $hint"
  done
}

# need_tool NAME PACKAGE
need_tool() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is not installed: install $2"
}

# Makes the AWS CLI ready. Only an endpoint that isn't AWS's gets the key test/test.
use_aws() {
  need AWS_REGION
  need_tool aws 'the AWS CLI (awscli)'
  need_tool curl curl
  export AWS_DEFAULT_REGION=$AWS_REGION AWS_PAGER='' AWS_DEFAULT_OUTPUT=text
  [ -n "${AWS_ENDPOINT_URL:-}" ] || return 0
  if [ -z "${AWS_ACCESS_KEY_ID:-}${AWS_PROFILE:-}" ]; then
    export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
  fi
  curl -s -o /dev/null --max-time 20 "$AWS_ENDPOINT_URL" ||
    fail "nothing answers at AWS_ENDPOINT_URL=$AWS_ENDPOINT_URL: start it with ./gatehouse serve"
}

# try_aws ARGUMENT...: the AWS CLI; what it says of an error is kept for aws_error and aws_error_code.
# Version 2.9 doesn't know AWS_ENDPOINT_URL yet, hence the option.
try_aws() {
  if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
    aws --endpoint-url "$AWS_ENDPOINT_URL" "$@" 2>"$scratch/error"
  else
    aws "$@" 2>"$scratch/error"
  fi
}

aws_error() {
  tr -s '\n' ' ' <"$scratch/error" | sed 's/^ *//; s/ *$//'
}

aws_error_code() {
  sed -n 's/^An error occurred (\([A-Za-z0-9]*\)).*/\1/p' "$scratch/error"
}

# call_aws ARGUMENT...: as try_aws, but an error ends the script.
call_aws() {
  try_aws "$@" || fail "aws $1 $2: $(aws_error)"
}

# Prints "id<tab>endpoint" of every API of a name. The CLI walks through all pages; the name is
# compared here, so that no character of it means anything to a query.
apis_named() {
  local id name endpoint
  call_aws apigatewayv2 get-apis --query 'Items[].[ApiId,ApiEndpoint,Name]' >"$scratch/apis"
  while IFS=$'\t' read -r id endpoint name; do
    [ "$name" != "$1" ] || printf '%s\t%s\n' "$id" "$endpoint"
  done <"$scratch/apis"
}

# Prints the function's ARN.
function_arn() {
  try_aws lambda get-function --function-name "$DDN_LAMBDA_FUNC_NAME" --query Configuration.FunctionArn && return
  [ "$(aws_error_code)" = ResourceNotFoundException ] || fail "aws lambda get-function: $(aws_error)"
  fail "there is no function $DDN_LAMBDA_FUNC_NAME in $AWS_REGION: run lambda_01_create_function.sh first"
}

balancer_answers() {
  curl -sf -o /dev/null --max-time 10 "http://$DDN_ALB_DNS/ping"
}

bucket() {
  printf '%s\n' "${DDN_BUCKET:-image-pipeline-$ACCOUNT_ID}"
}

# artifact PATH...: the first of these that is there, from the example's folder.
artifact() {
  local path
  for path; do
    [ ! -e "$pipeline/$path" ] || { printf '%s\n' "$pipeline/$path"; return; }
  done
  fail "$1 is not built yet: run ./gatehouse --version once, or ./mvnw package -DskipTests"
}

# curl_to FILE ARGUMENT...: sets status and millis; ends the script where no answer comes.
curl_to() {
  local file=$1 said code=0
  shift
  said=$(curl -sS -o "$file" --connect-timeout 10 --max-time 300 -w '%{http_code} %{time_total}' "$@" 2>"$scratch/error") || code=$?
  [ "$code" = 0 ] || fail "${unreachable:-no answer}: $(sed 's/^curl: //' "$scratch/error" | head -n 1)"
  status=${said%% *}
  millis=$(awk -v seconds="${said#* }" 'BEGIN { printf "%d", seconds * 1000 }')
}

# presigned_url upload|download: sets url and presign_millis.
presigned_url() {
  local unreachable="nothing answers at DDN_APIGW_ENDPOINT=$DDN_APIGW_ENDPOINT"
  curl_to "$scratch/answer" -G --data-urlencode "mode=$1" --data-urlencode "file=$DDN_TEST_IMAGE_KEY" \
    "${DDN_APIGW_ENDPOINT%/}/presign"
  [ "$status" = 200 ] || fail "$DDN_APIGW_ENDPOINT/presign answered $status: $(head -c 300 "$scratch/answer")"
  url=$(sed -n 's/.*"url" *: *"\([^"]*\)".*/\1/p' "$scratch/answer" | sed 's/\\u0026/\&/g; s/\\//g')
  [ -n "$url" ] || fail "$DDN_APIGW_ENDPOINT/presign answered no url: $(head -c 300 "$scratch/answer")"
  # shellcheck disable=SC2034 # read by the scripts
  presign_millis=$millis
}

# transferred upload|download: ends the script unless the store took or gave the object.
transferred() {
  [ "$status" != 200 ] || return 0
  local answer
  answer=$(tr '\n' ' ' <"$scratch/answer" | head -c 1000)
  case $status-$answer in
    403-*xpired*) fail "the presigned URL has expired: ask for a new one by running this again without it" ;;
    404-*NoSuchKey*) fail "the bucket has no object $DDN_TEST_IMAGE_KEY: upload it first" ;;
    *) fail "the $1 was answered with $status: $(sed -n 's/.*<Code>\(.*\)<\/Code>.*<Message>\([^<]*\)<.*/\1: \2/p; t; s/.*/&/p' <<<"$answer" | head -c 300)" ;;
  esac
}

settings=${DDN_ENV_FILE:-$here/.env}
if [ -f "$settings" ]; then
  read_settings "$settings"
elif [ -n "${DDN_ENV_FILE:-}" ]; then
  fail "there is no file DDN_ENV_FILE=$DDN_ENV_FILE"
fi
