package dev.gatehouse.objects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The XML of a bucket's CORS configuration. Nothing outside the document is ever read. */
final class CorsDocument {
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");
  private static final int MOST_RULES = 100;

  private CorsDocument() {}

  /** The rules; empty where it is not a document that S3 takes. */
  static Optional<List<CorsRule>> parse(byte[] xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setNamespaceAware(true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null); // the JDK's own prints
      Element root = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
      List<CorsRule> rules = elements(root, "CORSRule").stream().map(CorsDocument::rule).toList();
      boolean good =
          "CORSConfiguration".equals(root.getLocalName())
              && !rules.isEmpty()
              && rules.size() <= MOST_RULES
              && rules.stream().allMatch(CorsDocument::complete);
      return good ? Optional.of(rules) : Optional.empty();
    } catch (SAXException | IOException | NumberFormatException e) {
      return Optional.empty();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
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
    return elements(parent, name).stream().map(it -> it.getTextContent().strip()).toList();
  }

  private static List<Element> elements(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && name.equals(element.getLocalName())) {
        found.add(element);
      }
    }
    return found;
  }
}
