package dev.gatehouse.objects;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** The XML of a bucket's CORS configuration. Nothing outside the document is ever read. */
final class CorsDocument {
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");
  private static final int MOST_RULES = 100;

  private CorsDocument() {}

  /** The rules; empty where it is not a document that S3 takes. */
  static Optional<List<CorsRule>> parse(byte[] xml) {
    try {
      return XmlText.root(xml, "CORSConfiguration")
          .map(root -> XmlText.elements(root, "CORSRule"))
          .map(found -> found.stream().map(CorsDocument::rule).toList())
          .filter(CorsDocument::good);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean good(List<CorsRule> rules) {
    return !rules.isEmpty()
        && rules.size() <= MOST_RULES
        && rules.stream().allMatch(CorsDocument::complete);
  }

  private static boolean complete(CorsRule rule) {
    return !rule.origins().isEmpty()
        && !rule.methods().isEmpty()
        && METHODS.containsAll(rule.methods())
        && rule.origins().stream().allMatch(CorsDocument::oneStar)
        && rule.headers().stream().allMatch(CorsDocument::oneStar);
  }

  private static boolean oneStar(String pattern) {
    return pattern.indexOf('*') == pattern.lastIndexOf('*');
  }

  private static CorsRule rule(Element element) {
    List<String> age = texts(element, "MaxAgeSeconds");
    return new CorsRule(
        texts(element, "AllowedOrigin"),
        texts(element, "AllowedMethod"),
        texts(element, "AllowedHeader"),
        texts(element, "ExposeHeader"),
        age.isEmpty() ? -1 : Integer.parseInt(age.getFirst()));
  }

  private static List<String> texts(Element parent, String name) {
    return XmlText.texts(parent, name).stream().map(String::strip).toList();
  }
}
