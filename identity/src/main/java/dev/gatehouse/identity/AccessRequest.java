package dev.gatehouse.identity;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One question to a policy.
 *
 * @param action {@code service:Operation}, such as {@code lambda:InvokeFunction}
 * @param resource the ARN of what is asked for
 * @param context condition keys such as {@code aws:SourceArn}, whose case does not matter
 */
public record AccessRequest(
    Principal principal, String action, String resource, Map<String, String> context) {

  public AccessRequest {
    TreeMap<String, String> byAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byAnyCase.putAll(context);
    context = Collections.unmodifiableSortedMap(byAnyCase);
  }
}
