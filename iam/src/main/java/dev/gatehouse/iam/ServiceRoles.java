package dev.gatehouse.iam;

import dev.gatehouse.identity.AccessRequest;
import dev.gatehouse.identity.Context;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.identity.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * What API Gateway may do in the name of a role: the role is of the API's account, trusts {@code
 * apigateway.amazonaws.com} and allows it [C]. Where control calls are open, a role that nobody has
 * made may do what its account may. Never blocks.
 */
public record ServiceRoles(Directory directory) {
  private static final String SERVICE = "apigateway.amazonaws.com";
  private static final String INVOKE = "lambda:InvokeFunction";

  /**
   * Whether a function may be invoked. One of another account may not: its resource policy would
   * have a say, too.
   *
   * @param account the API's
   */
  public boolean allows(String roleArn, String account, String functionArn) {
    if (!isOf(account, roleArn) || !isOf(account, functionArn)) {
      return false;
    }
    Optional<Directory.Held> role = directory.role(roleArn);
    return role.map(held -> trusts(held, account) && may(held, functionArn))
        .orElse(directory.open());
  }

  private static boolean isOf(String account, String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 && parts[4].equals(account);
  }

  private static boolean trusts(Directory.Held role, String account) {
    Policy trust = role.trust();
    return trust != null
        && trust.allows(
            new AccessRequest(
                new Principal.Service(SERVICE),
                "sts:AssumeRole",
                role.arn(),
                Map.of("aws:SourceAccount", account)));
  }

  private boolean may(Directory.Held role, String functionArn) {
    Context context = Context.of(Map.of("aws:PrincipalArn", role.arn()));
    AccessRequest request =
        new AccessRequest(new Principal.Arn(role.arn()), INVOKE, functionArn, context);
    return Policy.judge(directory.policies(role), request) == Policy.Judgement.ALLOWED;
  }
}
