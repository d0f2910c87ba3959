package dev.gatehouse.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The backend of one or more routes (control-plane.md section 6).
 *
 * @param timeoutInMillis 50 to 30000 for HTTP APIs, 50 to 29000 for WebSocket APIs
 * @param extensions what it does beyond AWS; null where nothing is set
 */
public record Integration(
    String integrationId,
    IntegrationType integrationType,
    String connectionType,
    String payloadFormatVersion,
    int timeoutInMillis,
    @Nullable Boolean apiGatewayManaged,
    @Nullable String connectionId,
    @Nullable String contentHandlingStrategy,
    @Nullable String credentialsArn,
    @Nullable String description,
    @Nullable String integrationMethod,
    @Nullable String integrationResponseSelectionExpression,
    @Nullable String integrationSubtype,
    @Nullable String integrationUri,
    @Nullable String passthroughBehavior,
    @Nullable Map<String, String> requestParameters,
    @Nullable Map<String, String> requestTemplates,
    @Nullable Map<String, Map<String, String>> responseParameters,
    @Nullable String templateSelectionExpression,
    @Nullable TlsConfig tlsConfig,
    @Nullable IntegrationExtensions extensions) {

  /** An integration as AWS knows it. */
  public Integration(
      String integrationId,
      IntegrationType integrationType,
      String connectionType,
      String payloadFormatVersion,
      int timeoutInMillis,
      @Nullable Boolean apiGatewayManaged,
      @Nullable String connectionId,
      @Nullable String contentHandlingStrategy,
      @Nullable String credentialsArn,
      @Nullable String description,
      @Nullable String integrationMethod,
      @Nullable String integrationResponseSelectionExpression,
      @Nullable String integrationSubtype,
      @Nullable String integrationUri,
      @Nullable String passthroughBehavior,
      @Nullable Map<String, String> requestParameters,
      @Nullable Map<String, String> requestTemplates,
      @Nullable Map<String, Map<String, String>> responseParameters,
      @Nullable String templateSelectionExpression,
      @Nullable TlsConfig tlsConfig) {
    this(
        integrationId,
        integrationType,
        connectionType,
        payloadFormatVersion,
        timeoutInMillis,
        apiGatewayManaged,
        connectionId,
        contentHandlingStrategy,
        credentialsArn,
        description,
        integrationMethod,
        integrationResponseSelectionExpression,
        integrationSubtype,
        integrationUri,
        passthroughBehavior,
        requestParameters,
        requestTemplates,
        responseParameters,
        templateSelectionExpression,
        tlsConfig,
        null);
  }

  /** The same with what goes beyond AWS. */
  public Integration with(IntegrationExtensions beyond) {
    return new Integration(
        integrationId,
        integrationType,
        connectionType,
        payloadFormatVersion,
        timeoutInMillis,
        apiGatewayManaged,
        connectionId,
        contentHandlingStrategy,
        credentialsArn,
        description,
        integrationMethod,
        integrationResponseSelectionExpression,
        integrationSubtype,
        integrationUri,
        passthroughBehavior,
        requestParameters,
        requestTemplates,
        responseParameters,
        templateSelectionExpression,
        tlsConfig,
        beyond);
  }
}
