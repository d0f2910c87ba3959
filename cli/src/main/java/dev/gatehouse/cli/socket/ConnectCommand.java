package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.RequestSigner;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Terminal;
import dev.gatehouse.wire.http.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse ws connect}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "connect",
    header = "Connect to a WebSocket API: send lines, see what comes.",
    description = {
      "",
      "Each line of the input is sent as a message, each message that comes is printed. The end of"
          + " the input (Ctrl-D) closes the connection. Ends with 1 where the server closed it with"
          + " another code than 1000, or it was lost.",
      ""
    },
    footer = {
      "",
      "Examples: gatehouse ws connect chat --header 'x-api-key: 12345678901234567890'",
      "          echo '{\"action\":\"ping\"}' | gatehouse ws connect ws://localhost:4566/… --once"
    })
final class ConnectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Mixin private StageOption stage;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "HEADER",
      description = "A header of the request, as in 'Name: value'. May be given several times.")
  private List<String> headers = List.of();

  @Option(
      names = "--subprotocol",
      paramLabel = "NAME",
      description = "A subprotocol to offer. May be given several times.")
  private List<String> subprotocols = List.of();

  @Option(names = "--sign", description = "Sign the request (SigV4), as AWS_IAM asks for.")
  private boolean sign;

  @Option(names = "--once", description = "End when a first message has come; 1 if none comes.")
  private boolean once;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "How long to listen on when the input has ended. Default: 0 for a terminal, 10 with"
              + " --once, else 1.")
  private @Nullable Integer wait;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Authorities to trust, in PEM. Default: on this machine the server's own development CA,"
              + " elsewhere the usual ones.")
  private @Nullable Path authorities;

  @Parameters(
      index = "0",
      paramLabel = "URL|API",
      description = "A URL (ws, wss), or id or name of an API.")
  private String target;

  @Override
  public Integer call() throws InterruptedException, IOException {
    URI place = place();
    Transcript transcript =
        server.json()
            ? new JsonTranscript(spec.commandLine().getOut())
            : new TextTranscript(spec.commandLine().getOut(), spec.commandLine().getErr());
    Opening opening = new Opening(place, headersFor(place), subprotocols, authorities);
    try (Conversation talk = Conversation.open(opening, transcript)) {
      return talk.hold(System.in, once, seconds()) ? 0 : 1;
    }
  }

  private int seconds() {
    if (wait != null) {
      return wait;
    }
    return once ? 10 : Terminal.find().isPresent() ? 0 : 1;
  }

  private URI place() throws InterruptedException {
    if (target.matches("(?i)(wss?|https?)://.+")) {
      try {
        return URI.create(target.replaceFirst("^(?i)http", "ws"));
      } catch (IllegalArgumentException wrong) {
        throw new CallFailed(0, "that is no URL: " + wrong.getMessage() + "; escape what is none");
      }
    }
    try (ControlClient client = server.connect()) {
      return stage.of(client, target).url();
    }
  }

  private Headers headersFor(URI place) {
    Headers all = Headers.of();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new CallFailed(0, "a header is given as 'Name: value', not as " + header);
      }
      all = all.with(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    if (!sign) {
      return all;
    }
    Headers signed =
        new RequestSigner(server.settings(), InstantSource.system())
            .sign("GET", place, Headers.of(), new byte[0], "execute-api");
    for (Headers.Header line : signed.lines()) {
      all = all.with(line.name(), line.value());
    }
    return all;
  }
}
