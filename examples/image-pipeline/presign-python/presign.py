"""The pipeline's presign in Python: answers {"url": …} to GET /presign?mode=upload&file=KEY, and to POST /presign with
the same two as a JSON object. Needs boto3, which Debian has as python3-boto3."""

import base64
import json
import os

import boto3
from botocore.config import Config

MAX_KEY_BYTES = 1024

bucket = os.environ["BUCKET"]
seconds = int(os.environ.get("URL_SECONDS", "300"))
endpoint = os.environ.get("AWS_ENDPOINT_URL")
s3 = boto3.client(
    "s3",
    endpoint_url=endpoint,
    config=Config(signature_version="s3v4", s3={"addressing_style": "path" if endpoint else "auto"}),
)


def handler(event, context):
    try:
        method, key = read(event)
    except ValueError as refused:
        return answer(400, {"message": str(refused)})
    url = s3.generate_presigned_url(method, Params={"Bucket": bucket, "Key": key}, ExpiresIn=seconds)
    return answer(200, {"url": url})


def read(event):
    """What the body says goes before what the query says."""
    asked = dict(event.get("queryStringParameters") or {})
    body = event.get("body")
    if body and body.strip():
        try:
            text = base64.b64decode(body) if event.get("isBase64Encoded") else body
            asked.update(json.loads(text))
        except (ValueError, TypeError):
            raise ValueError('the body must be a JSON object with "mode" and "file"') from None
    key = asked.get("file")
    if not isinstance(key, str) or not key.strip():
        raise ValueError('"file" is missing: name the object\'s key')
    if len(key.encode()) > MAX_KEY_BYTES:
        raise ValueError('"file" is longer than %d bytes' % MAX_KEY_BYTES)
    methods = {"upload": "put_object", "download": "get_object"}
    if asked.get("mode") not in methods:
        raise ValueError('"mode" must be "upload" or "download"')
    return methods[asked["mode"]], key


def answer(status, body):
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body, separators=(",", ":"))}
