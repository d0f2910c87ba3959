#!/usr/bin/env bash
# Downloads DDN_TEST_IMAGE_KEY into this folder through a presigned URL, which it asks the API for,
# or which is given: apigw_52_download_image.sh [URL]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need DDN_APIGW_ENDPOINT DDN_TEST_IMAGE_KEY
need_tool curl curl
image=downloaded-${DDN_TEST_IMAGE_KEY##*/}
[ -w . ] || fail "can't write into $PWD"

presign_millis=0
if [ $# -gt 0 ]; then url=$1; else presigned_url download; fi
unreachable='nothing answers at the presigned URL'
curl_to "$scratch/answer" "$url"
transferred download
mv "$scratch/answer" "$image"
echo "downloaded $DDN_TEST_IMAGE_KEY as $image: $(wc -c <"$image" | tr -d ' ') bytes in $((presign_millis + millis)) ms (presigning $presign_millis ms, transfer $millis ms)"
