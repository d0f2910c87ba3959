package dev.gatehouse.runtime.java;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What whoever invokes says of itself, in the members that AWS's mobile SDK gave them [C]. */
record CallersContext(Map<?, ?> json) implements ClientContext {

  static CallersContext parse(String text) {
    return new CallersContext(JacksonFactory.getInstance().getSerializer(Map.class).fromJson(text));
  }

  @Override
  public Client getClient() {
    return new App(texts("client"));
  }

  @Override
  public Map<String, String> getCustom() {
    return texts("custom");
  }

  @Override
  public Map<String, String> getEnvironment() {
    return texts("env");
  }

  private Map<String, String> texts(String member) {
    Map<String, String> texts = new HashMap<>();
    if (json.get(member) instanceof Map<?, ?> members) {
      members.forEach((name, value) -> texts.put(name.toString(), String.valueOf(value)));
    }
    return texts;
  }

  /** The application that invokes. */
  private record App(Map<String, String> members) implements Client {
    @Override
    public @Nullable String getInstallationId() {
      return members.get("installation_id");
    }

    @Override
    public @Nullable String getAppTitle() {
      return members.get("app_title");
    }

    @Override
    public @Nullable String getAppVersionName() {
      return members.get("app_version_name");
    }

    @Override
    public @Nullable String getAppVersionCode() {
      return members.get("app_version_code");
    }

    @Override
    public @Nullable String getAppPackageName() {
      return members.get("app_package_name");
    }
  }
}
