#!/usr/bin/env bash
# Stops what ecs_05_create_service.sh started. Goes on where there is nothing.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$here/image_service.sh"

need AWS_REGION DDN_ALB_DNS
if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
  stop_here
else
  use_aws
  delete_on_ecs
fi
