package dev.gatehouse.server.config;

import dev.gatehouse.control.Limits;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Credential;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Settings under the names of the file, for people and programs to read. Secrets stay out. */
public final class SettingsText {
  private SettingsText() {}

  /**
   * The settings in force.
   *
   * @param data where everything is kept
   */
  public static Map<String, Object> of(Settings settings, Path data) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("listen", listen(settings.listen()));
    text.put("data", data.toString());
    text.put("drain", Units.text(settings.drain()));
    text.put("held-bodies", Units.text(settings.heldBodies()));
    Access access = settings.access();
    text.put("auth", access.mode() == Authenticator.Mode.VERIFY ? "verify" : "open");
    text.put("hosts", new TreeSet<>(access.hosts()));
    text.put("keys", access.keys().stream().map(key -> key(key, access)).toList());
    Map<String, Object> quotas = new LinkedHashMap<>(Quotas.values(settings.quotas()));
    quotas.replaceAll((key, quota) -> quota.equals(Limits.NONE) ? "none" : quota);
    text.put("quotas", quotas);
    text.put("issuers", new TreeMap<>(settings.issuers()));
    Map<String, Object> runtimes = new TreeMap<>();
    settings.runtimes().forEach((name, home) -> runtimes.put(name, home.toString()));
    text.put("runtimes", runtimes);
    text.put("functions", functions(settings.functions()));
    text.put("objects", settings.objects().text());
    text.put("extensions", ExtensionSettings.text(settings.extensions()));
    text.put("backends", settings.backends().text());
    Map<String, Object> targets = new TreeMap<>();
    settings.targets().forEach((name, target) -> targets.put(name, TargetSettings.text(target)));
    text.put("targets", targets);
    text.put("websocket", WebSocketSettings.text(settings.webSockets()));
    settings.monitoring().describe(text);
    settings.rates().describe(text);
    return text;
  }

  private static Map<String, Object> listen(Listen listen) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("address", listen.address().getHostAddress());
    text.put("port", listen.port());
    text.put("tls", listen.tls());
    return text;
  }

  private static Map<String, Object> key(Credential key, Access access) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("id", key.accessKeyId());
    text.put("account", key.account());
    if (!key.identity().isRoot()) {
      String arn = key.principalArn();
      text.put("user", arn.substring(arn.lastIndexOf('/') + 1));
      text.put("policies", access.policies().getOrDefault(arn, List.of()));
    }
    return text;
  }

  private static Map<String, Object> endpoint(FunctionEndpoint endpoint) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("functions", endpoint.functions());
    text.put("url", endpoint.url());
    return text;
  }

  private static Map<String, Object> functions(FunctionSettings functions) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("processes", functions.processes());
    text.put("total-processes", functions.totalProcesses());
    text.put("idle", Units.text(functions.idle()));
    text.put("retry-after", Units.text(functions.retryAfter()));
    text.put("first-user", functions.firstUser());
    if (functions.cpuGroup() != null) {
      text.put("cpu-group", functions.cpuGroup().toString());
    }
    text.put("endpoints", functions.endpoints().stream().map(SettingsText::endpoint).toList());
    text.put("directories", functions.directories().stream().map(Path::toString).toList());
    return text;
  }
}
