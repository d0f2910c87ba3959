package dev.gatehouse.wire.sigv4;

/**
 * What a signature is good for: one day, one region, one service.
 *
 * @param date {@code yyyyMMdd} in UTC
 */
public record SigningScope(String date, String region, String service) {

  /** {@code 20260131/eu-central-1/s3/aws4_request}. */
  public String text() {
    return date + "/" + region + "/" + service + "/aws4_request";
  }
}
