#!/usr/bin/env bash
# Creates the HTTP API of the pipeline and prints its endpoint. An API of that name is left alone.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need DDN_APIGW_NAME AWS_REGION ACCOUNT_ID DDN_LAMBDA_FUNC_NAME DDN_ALB_DNS
use_aws

print_endpoint() {
  echo "endpoint     $1"
  echo "Put this into .env: DDN_APIGW_ENDPOINT=$1"
}

existing=$(apis_named "$DDN_APIGW_NAME")
if [ -n "$existing" ]; then
  IFS=$'\t' read -r id endpoint <<<"$existing"
  echo "api          $DDN_APIGW_NAME exists ($id), left alone"
  print_endpoint "$endpoint"
  exit 0
fi

function=$(function_arn)
IFS=: read -r _ partition _ _ account _ <<<"$function"
[ "$account" = "$ACCOUNT_ID" ] || fail "the function is in account $account, but ACCOUNT_ID is $ACCOUNT_ID"
balancer_answers || fail "no load balancer answers at http://$DDN_ALB_DNS/ping: run ecs_05_create_service.sh first"

# A half-made API would be left alone by the next run, so an error takes it away again.
id=
undo() {
  [ -z "$id" ] || try_aws apigatewayv2 delete-api --api-id "$id" || true
  rm -rf "$scratch"
}
trap undo EXIT

IFS=$'\t' read -r id endpoint < <(call_aws apigatewayv2 create-api --name "$DDN_APIGW_NAME" \
  --protocol-type HTTP --query '[ApiId,ApiEndpoint]') || exit 1
echo "api          $DDN_APIGW_NAME ($id)"

presign=$(call_aws apigatewayv2 create-integration --api-id "$id" --integration-type AWS_PROXY \
  --integration-uri "$function" --payload-format-version 2.0 --query IntegrationId)
echo "integration  AWS_PROXY to $function"

# Such a URI is used as written, so the mapping brings the path of the request.
balancer=$(call_aws apigatewayv2 create-integration --api-id "$id" --integration-type HTTP_PROXY \
  --integration-method ANY --integration-uri "http://$DDN_ALB_DNS/" --payload-format-version 1.0 \
  --request-parameters '{"overwrite:path":"$request.path"}' --query IntegrationId)
echo "integration  HTTP_PROXY to http://$DDN_ALB_DNS/"

create_route() {
  call_aws apigatewayv2 create-route --api-id "$id" --route-key "$1" --target "integrations/$2" >/dev/null
  echo "route        $1"
}
create_route 'GET /presign' "$presign"
create_route 'POST /presign' "$presign"
create_route 'GET /ping' "$balancer"
create_route 'POST /invocations' "$balancer"

# A permission that an API of the past has left behind would name that API.
try_aws lambda remove-permission --function-name "$DDN_LAMBDA_FUNC_NAME" --statement-id apigateway-access ||
  [ "$(aws_error_code)" = ResourceNotFoundException ] || fail "aws lambda remove-permission: $(aws_error)"
call_aws lambda add-permission --function-name "$DDN_LAMBDA_FUNC_NAME" --statement-id apigateway-access \
  --action lambda:InvokeFunction --principal apigateway.amazonaws.com \
  --source-arn "arn:$partition:execute-api:$AWS_REGION:$ACCOUNT_ID:$id/*/*/presign" >/dev/null
echo "permission   apigateway-access"

call_aws apigatewayv2 create-stage --api-id "$id" --stage-name '$default' --auto-deploy >/dev/null
echo "stage        \$default, deployed at every change"
id=
print_endpoint "$endpoint"
