package dev.gatehouse.wire.sigv4;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How a service writes the path into the canonical request. The AWS SDKs and the AWS CLI agree on
 * both rules; checked against the SDK's signers.
 */
public enum PathRule {
  /**
   * S3: the path as it was sent, encoded once, nothing collapsed [C]; or as S3 spells the key that
   * it names. The SDK for Java signs {@code a//b} and sends {@code a/%2Fb}.
   */
  ONCE {
    @Override
    List<String> readings(String rawPath) {
      return List.of(rawPath, Percent.encodePath(Percent.decode(rawPath)));
    }
  },

  /**
   * Every other service: the path as it was sent, encoded once more. The SDKs for Java and Python
   * resolve dot segments and collapse slashes first, the one for Go does not [L]; a signer may do
   * either.
   */
  TWICE {
    @Override
    List<String> readings(String rawPath) {
      return List.of(Percent.encodePath(normalised(rawPath)), Percent.encodePath(rawPath));
    }
  };

  /** The paths that a signer may have signed for this raw path, the likelier one first. */
  abstract List<String> readings(String rawPath);

  /** The rule of a service, by its name in the credential scope. */
  public static PathRule of(String service) {
    return service.equals("s3") ? ONCE : TWICE;
  }

  private static String normalised(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    String end = path.endsWith("/") && !kept.isEmpty() ? "/" : "";
    return "/" + String.join("/", kept) + end;
  }
}
