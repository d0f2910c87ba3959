#!/usr/bin/env bash
# Creates the bucket and the function that answers presigned URLs. Leaves alone what exists.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need AWS_REGION ACCOUNT_ID DDN_LAMBDA_FUNC_NAME
use_aws
zip=$(artifact presign/target/presign.zip presign/presign.zip)
bucket=$(bucket)

if try_aws s3api head-bucket --bucket "$bucket" >/dev/null; then
  echo "bucket    $bucket exists, left alone"
else
  where=()
  [ "$AWS_REGION" = us-east-1 ] || where=(--create-bucket-configuration "LocationConstraint=$AWS_REGION")
  call_aws s3api create-bucket --bucket "$bucket" ${where[@]+"${where[@]}"} >/dev/null
  echo "bucket    $bucket created"
fi

if try_aws lambda get-function --function-name "$DDN_LAMBDA_FUNC_NAME" >/dev/null; then
  echo "function  $DDN_LAMBDA_FUNC_NAME exists, left alone"
  exit 0
fi
[ "$(aws_error_code)" = ResourceNotFoundException ] || fail "aws lambda get-function: $(aws_error)"
call_aws lambda create-function --function-name "$DDN_LAMBDA_FUNC_NAME" --runtime java25 \
  --role "${DDN_LAMBDA_ROLE_ARN:-arn:aws:iam::$ACCOUNT_ID:role/presign}" \
  --handler dev.gatehouse.example.presign.PresignHandler::handleRequest \
  --zip-file "fileb://$zip" --timeout 30 --memory-size 512 \
  --environment "Variables={BUCKET=$bucket}" >/dev/null
call_aws lambda wait function-active-v2 --function-name "$DDN_LAMBDA_FUNC_NAME"
echo "function  $DDN_LAMBDA_FUNC_NAME created"
