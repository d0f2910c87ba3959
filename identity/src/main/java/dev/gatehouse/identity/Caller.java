package dev.gatehouse.identity;

import dev.gatehouse.model.Scope;

/**
 * Who makes a control call, as its signature says.
 *
 * @param scope the account of the key and the region of the credential scope
 * @param service the service of the credential scope: {@code apigateway}, {@code lambda}, {@code
 *     s3}
 */
public record Caller(Scope scope, String service, String accessKeyId, String principalArn) {}
