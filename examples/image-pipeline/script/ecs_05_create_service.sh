#!/usr/bin/env bash
# Starts the image service. With AWS_ENDPOINT_URL: as a process of this machine, where DDN_ALB_DNS says.
# On AWS: as an ECS service behind the load balancer DDN_ALB_DNS (README.md says what must be there).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$here/image_service.sh"

need AWS_REGION ACCOUNT_ID DDN_ALB_DNS
use_aws
if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
  start_here
else
  create_on_ecs
fi
