import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads DDN_TEST_IMAGE_KEY into this folder through a presigned URL, which it asks the API for,
 * or which is given: {@code java DownloadImage.java [URL]}. Needs nothing but a JDK 17.
 */
public final class DownloadImage {

  /** Ends the program with one line that says what is wrong. */
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message);
    }
  }

  public static void main(String[] arguments) {
    try {
      new DownloadImage(settings()).run(arguments);
    } catch (Failure e) {
      System.err.println("DownloadImage: " + e.getMessage());
      System.exit(1);
    }
  }

  private final Map<String, String> settings;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private DownloadImage(Map<String, String> settings) {
    this.settings = settings;
  }

  private void run(String[] arguments) {
    setting("DDN_APIGW_ENDPOINT");
    String key = setting("DDN_TEST_IMAGE_KEY");
    long start = System.nanoTime();
    URI url = arguments.length > 0 ? uri("the given URL", arguments[0]) : presigned("download");
    long presigning = millisSince(start);
    HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofMinutes(5)).build();
    HttpResponse<byte[]> answer =
        send(request, BodyHandlers.ofByteArray(), "nothing answers at the presigned URL");
    if (answer.statusCode() != 200) {
      throw refused("download", answer.statusCode(), new String(answer.body(), UTF_8), key);
    }
    Path image = Path.of("downloaded-" + key.substring(key.lastIndexOf('/') + 1));
    write(image, answer.body());
    long total = millisSince(start);
    System.out.printf(
        "downloaded %s as %s: %d bytes in %d ms (presigning %d ms, transfer %d ms)%n",
        key, image, answer.body().length, total, presigning, total - presigning);
  }

  private static void write(Path image, byte[] bytes) {
    try {
      Files.write(image, bytes);
    } catch (IOException e) {
      throw new Failure("can't write " + image);
    }
  }

  /** The presigned URL for this object, from the API. */
  private URI presigned(String mode) {
    String endpoint = setting("DDN_APIGW_ENDPOINT").replaceAll("/+$", "");
    String file = URLEncoder.encode(setting("DDN_TEST_IMAGE_KEY"), UTF_8).replace("+", "%20");
    URI uri = uri("DDN_APIGW_ENDPOINT", endpoint + "/presign?mode=" + mode + "&file=" + file);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
    HttpResponse<String> answer =
        send(request, BodyHandlers.ofString(), "nothing answers at DDN_APIGW_ENDPOINT=" + endpoint);
    Matcher url = Pattern.compile("\"url\"\\s*:\\s*\"([^\"]+)\"").matcher(answer.body());
    if (answer.statusCode() != 200 || !url.find()) {
      throw new Failure(
          endpoint + "/presign answered " + answer.statusCode() + ": " + start(answer.body()));
    }
    return URI.create(url.group(1).replace("\\u0026", "&").replace("\\/", "/"));
  }

  private <T> HttpResponse<T> send(
      HttpRequest request, BodyHandler<T> handler, String unreachable) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new Failure(unreachable + " (" + e.getClass().getSimpleName() + ")");
    } catch (InterruptedException e) {
      throw new Failure("interrupted");
    }
  }

  private static URI uri(String name, String text) {
    try {
      URI uri = new URI(text);
      if ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new Failure(name + " is not a URL: " + text);
  }

  private static Failure refused(String what, int status, String answer, String key) {
    if (status == 403 && answer.contains("xpired")) {
      return new Failure(
          "the presigned URL has expired: ask for a new one by running this again without it");
    }
    if (status == 404 && answer.contains("NoSuchKey")) {
      return new Failure("the bucket has no object " + key + ": upload it first");
    }
    return new Failure("the " + what + " was answered with " + status + ": " + start(answer));
  }

  private static String start(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > 300 ? line.substring(0, 300) : line;
  }

  private static long millisSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private String setting(String name) {
    String value = settings.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new Failure(
          name
              + " is not set: "
              + (name.equals("DDN_APIGW_ENDPOINT")
                  ? "apigw_00_create_api.sh prints it; put it into .env"
                  : "copy .env.example to .env and set it there"));
    }
    return value;
  }

  /** The .env beside this file (or DDN_ENV_FILE), and before it what the environment has. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    String named = System.getenv("DDN_ENV_FILE");
    Path file = named == null ? folder().resolve(".env") : Path.of(named);
    if (Files.isRegularFile(file)) {
      read(file, settings);
    } else if (named != null) {
      throw new Failure("there is no file DDN_ENV_FILE=" + named);
    }
    System.getenv()
        .forEach((name, value) -> {
          if (!value.isEmpty()) {
            settings.put(name, value);
          }
        });
    return settings;
  }

  private static void read(Path file, Map<String, String> settings) {
    Pattern setting = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        Matcher matcher = setting.matcher(line);
        if (matcher.matches()) {
          settings.put(matcher.group(1), matcher.group(2).replaceAll("^([\"'])(.*)\\1$", "$2"));
        } else if (!line.isBlank() && !line.strip().startsWith("#")) {
          throw new Failure("line " + number + " of " + file + " is not NAME=VALUE");
        }
      }
    } catch (IOException e) {
      throw new Failure("can't read " + file);
    }
  }

  /** Where this file is: the source launcher keeps its command line. */
  private static Path folder() {
    String command = System.getProperty("sun.java.command", "");
    int start = command.indexOf(' ') + 1;
    int end = command.indexOf("DownloadImage.java");
    return Path.of(end < start ? "" : command.substring(start, end));
  }
}
