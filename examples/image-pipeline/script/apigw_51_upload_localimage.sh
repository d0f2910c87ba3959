#!/usr/bin/env bash
# Uploads DDN_TEST_IMAGE_PATH as DDN_TEST_IMAGE_KEY through a presigned URL, which it asks the API for,
# or which is given: apigw_51_upload_localimage.sh [URL]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need DDN_APIGW_ENDPOINT DDN_TEST_IMAGE_PATH DDN_TEST_IMAGE_KEY
need_tool curl curl
image=$DDN_TEST_IMAGE_PATH
[ -f "$image" ] || image=$here/$DDN_TEST_IMAGE_PATH
[ -f "$image" ] && [ -r "$image" ] || fail "there is no file DDN_TEST_IMAGE_PATH=$DDN_TEST_IMAGE_PATH"

presign_millis=0
if [ $# -gt 0 ]; then url=$1; else presigned_url upload; fi
unreachable='nothing answers at the presigned URL'
curl_to "$scratch/answer" -X PUT -T "$image" "$url"
transferred upload
echo "uploaded $image as $DDN_TEST_IMAGE_KEY: $(wc -c <"$image" | tr -d ' ') bytes in $((presign_millis + millis)) ms (presigning $presign_millis ms, transfer $millis ms)"
