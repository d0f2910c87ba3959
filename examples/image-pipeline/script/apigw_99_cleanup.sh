#!/usr/bin/env bash
# Deletes every API of the pipeline's name with all below it, and the function's permission.
# Goes on where there is none, so it can be run again.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need DDN_APIGW_NAME AWS_REGION DDN_LAMBDA_FUNC_NAME
use_aws
# AWS takes one DeleteApi in 30 seconds.
export AWS_RETRY_MODE=${AWS_RETRY_MODE:-standard} AWS_MAX_ATTEMPTS=${AWS_MAX_ATTEMPTS:-8}

apis=$(apis_named "$DDN_APIGW_NAME")
[ -n "$apis" ] || echo "api         no API is named $DDN_APIGW_NAME, nothing to delete"
while IFS=$'\t' read -r id _; do
  [ -n "$id" ] || continue
  if try_aws apigatewayv2 delete-api --api-id "$id"; then
    echo "api         $DDN_APIGW_NAME ($id) deleted"
  elif [ "$(aws_error_code)" = NotFoundException ]; then
    echo "api         $DDN_APIGW_NAME ($id) is gone already"
  else
    fail "aws apigatewayv2 delete-api: $(aws_error)"
  fi
done <<<"$apis"

if try_aws lambda remove-permission --function-name "$DDN_LAMBDA_FUNC_NAME" --statement-id apigateway-access; then
  echo "permission  apigateway-access removed"
elif [ "$(aws_error_code)" = ResourceNotFoundException ]; then
  echo "permission  $DDN_LAMBDA_FUNC_NAME has no apigateway-access, nothing to remove"
else
  fail "aws lambda remove-permission: $(aws_error)"
fi
