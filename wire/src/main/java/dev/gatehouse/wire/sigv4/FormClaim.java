package dev.gatehouse.wire.sigv4;

import java.util.List;
import java.util.Map;

/**
 * The form of a claim that a web page's upload has: fields, of which the policy is what is signed.
 */
public final class FormClaim {
  private FormClaim() {}

  /**
   * Reads the claim of a form.
   *
   * @param fields by their names in lower case
   */
  public static ClaimReader.Reading read(Map<String, String> fields) {
    if (!fields.containsKey("policy") && !fields.containsKey("x-amz-signature")) {
      return new ClaimReader.Unsigned();
    }
    try {
      if (!field(fields, "x-amz-algorithm").equals(ClaimParts.ALGORITHM)) {
        throw new ClaimSyntax("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\".");
      }
      ClaimParts.Scoped scoped = ClaimParts.scoped(field(fields, "x-amz-credential"));
      field(fields, "policy");
      return new ClaimReader.Signed(
          new Claim(
              Claim.Form.QUERY,
              scoped.accessKeyId(),
              scoped.scope(),
              ClaimParts.at(field(fields, "x-amz-date"), scoped.scope()),
              null,
              List.of(),
              ClaimParts.signature(field(fields, "x-amz-signature")),
              fields.get("x-amz-security-token")));
    } catch (ClaimSyntax syntax) {
      return new ClaimReader.Malformed(Claim.Form.QUERY, syntax.reason());
    }
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new ClaimSyntax(
          "Bucket POST must contain a field named '"
              + name
              + "'.  If it is specified, please check the order of the fields.");
    }
    return value;
  }
}
