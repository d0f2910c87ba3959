package dev.gatehouse.control;

/**
 * The most there may be of each resource; {@link #NONE} for no limit.
 *
 * @param routes per API
 * @param integrations per API
 * @param stages per API
 * @param authorizers per API
 * @param audiences per authorizer
 * @param scopesPerRoute authorization scopes
 * @param stageVariables per stage
 * @param tags per resource
 * @param vpcLinks per account and region
 * @param domainNames per account and region
 * @param automaticDeployments how many that no stage points to are kept per API; ours
 */
public record Limits(
    int routes,
    int integrations,
    int stages,
    int authorizers,
    int audiences,
    int scopesPerRoute,
    int stageVariables,
    int tags,
    int vpcLinks,
    int domainNames,
    int automaticDeployments) {

  /** No limit. */
  public static final int NONE = Integer.MAX_VALUE;

  /** AWS's quotas (control-plane.md section 16 [C]). */
  public static final Limits AWS = new Limits(300, 300, 10, 10, 50, 10, 100, 50, 10, 120, 100);
}
