// The pipeline's presign in Node.js: answers {"url": …} to GET /presign?mode=upload&file=KEY, and to POST /presign with
// the same two as a JSON object. Bring along @aws-sdk/client-s3 and @aws-sdk/s3-request-presigner.

import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const MAX_KEY_BYTES = 1024;
const COMMANDS = { upload: PutObjectCommand, download: GetObjectCommand };

const { BUCKET: bucket, URL_SECONDS: seconds = '300', AWS_ENDPOINT_URL: endpoint } = process.env;
const s3 = new S3Client({
  endpoint,
  forcePathStyle: Boolean(endpoint),
  // Nothing in a URL but what a browser sends by itself.
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
});

export async function handler(event) {
  const asked = read(event);
  if (asked.refused) {
    return answer(400, { message: asked.refused });
  }
  const command = new COMMANDS[asked.mode]({ Bucket: bucket, Key: asked.file });
  return answer(200, { url: await getSignedUrl(s3, command, { expiresIn: Number(seconds) }) });
}

/** What the body says goes before what the query says. */
function read(event) {
  const asked = { ...event.queryStringParameters };
  if (event.body?.trim()) {
    try {
      const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body;
      Object.assign(asked, JSON.parse(text));
    } catch {
      return { refused: 'the body must be a JSON object with "mode" and "file"' };
    }
  }
  const { mode, file } = asked;
  if (typeof file !== 'string' || !file.trim()) {
    return { refused: '"file" is missing: name the object\'s key' };
  }
  if (Buffer.byteLength(file) > MAX_KEY_BYTES) {
    return { refused: `"file" is longer than ${MAX_KEY_BYTES} bytes` };
  }
  return COMMANDS[mode] ? { mode, file } : { refused: '"mode" must be "upload" or "download"' };
}

function answer(statusCode, body) {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { statusCode, headers, body: JSON.stringify(body) };
}
