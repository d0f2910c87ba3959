package dev.gatehouse.control;

/** Where identifiers come from. Safe for any number of threads. */
public interface IdSource {

  /** A fresh identifier of lower-case letters and digits. */
  String id(int length);

  /** A fresh request id, a UUID. */
  String requestId();

  /** A fresh id in the form of {@code x-amz-apigw-id}: 15 characters of base64url and {@code =}. */
  String gatewayId();
}
