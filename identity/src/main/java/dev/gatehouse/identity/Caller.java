package dev.gatehouse.identity;

import dev.gatehouse.model.Scope;

/**
 * Who makes a call, as its signature says.
 *
 * @param scope the account of the key and the region of the credential scope
 * @param service the service of the credential scope: {@code apigateway}, {@code lambda}, {@code
 *     s3}
 */
public record Caller(Scope scope, String service, String accessKeyId, Identity identity) {

  /** A caller whose unique id follows from its ARN. */
  public Caller(Scope scope, String service, String accessKeyId, String principalArn) {
    this(scope, service, accessKeyId, Identity.of(scope.account(), principalArn));
  }

  /** {@code arn:aws:iam::…:root}, {@code …:user/…} or {@code arn:aws:sts::…:assumed-role/…/…}. */
  public String principalArn() {
    return identity.arn();
  }
}
