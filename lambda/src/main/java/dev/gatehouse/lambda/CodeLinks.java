package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.CodeStore;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import dev.gatehouse.wire.sigv4.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links from which the archive of a function or layer can be read for ten minutes without a
 * signature of one's own, as GetFunction gives them [C]. They end with this run of the server.
 *
 * @param secret what links are signed with
 */
record CodeLinks(
    CodeStore functions,
    CodeStore layers,
    InstantSource clock,
    String secret,
    Supplier<URI> endpoint)
    implements HttpService {
  /** Where they lead. */
  static final String PATH = "/_gatehouse/code/";

  private static final Duration VALID = Duration.ofMinutes(10);
  private static final Pattern LINK =
      Pattern.compile(
          PATH
              + "(function|layer)/([0-9]{12})/([a-z0-9-]{1,40})/([A-Za-z0-9_-]{1,140})/([0-9a-f]{64})");
  private static final Pattern QUERY =
      Pattern.compile("expires=([0-9]{1,15})&signature=([0-9a-f]{64})");

  String function(FunctionKey key, String sha256) {
    return link("function", key, sha256);
  }

  String layer(FunctionKey key, String sha256) {
    return link("layer", key, sha256);
  }

  private String link(String kind, FunctionKey key, String sha256) {
    Scope scope = key.scope();
    String path =
        PATH + String.join("/", kind, scope.account(), scope.region(), key.name(), sha256);
    long expires = clock.instant().plus(VALID).getEpochSecond();
    return endpoint.get() + path + "?expires=" + expires + "&signature=" + sign(path, "" + expires);
  }

  @Override
  public HttpReply handle(HttpCall call) throws IOException {
    Matcher link = LINK.matcher(call.rawPath());
    Matcher query = QUERY.matcher(call.rawQuery());
    if (!link.matches()
        || !query.matches()
        || !isValid(call.rawPath(), query.group(1), query.group(2))) {
      return HttpReply.json(403, "{\"message\":\"The link is not valid, or not any more.\"}");
    }
    CodeStore store = link.group(1).equals("layer") ? layers : functions;
    FunctionKey key = new FunctionKey(new Scope(link.group(2), link.group(3)), link.group(4));
    Path archive = store.archive(key, link.group(5));
    try {
      return new HttpReply(
          200,
          Headers.of("Content-Type", "application/zip"),
          new HttpReply.Stream(Files.newInputStream(archive), Files.size(archive)));
    } catch (NoSuchFileException e) {
      return HttpReply.json(404, "{\"message\":\"That code is no longer here.\"}");
    }
  }

  private boolean isValid(String path, String expires, String signature) {
    byte[] right = sign(path, expires).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.US_ASCII))
        && Long.parseLong(expires) >= clock.instant().getEpochSecond();
  }

  private String sign(String path, String expires) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.hmac(key, path + "\n" + expires));
  }
}
