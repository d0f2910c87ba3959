package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.CallFailed;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import javax.net.ssl.SSLException;

/** Why there is no connection, and what to do. */
final class Refusal {
  private Refusal() {}

  static CallFailed of(URI place, Throwable failed) {
    String where = place.getScheme() + "://" + place.getAuthority() + place.getRawPath();
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case WebSocketHandshakeException refused -> {
          int status = refused.getResponse().statusCode();
          return new CallFailed(status, where + " answered " + status + "; " + step(status));
        }
        case SSLException untrusted -> {
          return new CallFailed(
              0, where + " is not trusted: " + untrusted.getMessage() + "; name its CA with --ca");
        }
        case ConnectException unreachable -> {
          return new CallFailed(
              0, "nothing answers at " + where + "; start a server with gatehouse serve");
        }
        case HttpTimeoutException late -> {
          return new CallFailed(0, where + " did not answer in time; see the server's log");
        }
        case IllegalArgumentException wrong -> {
          return new CallFailed(0, wrong.getMessage() + "; check the URL and the --header options");
        }
        default -> {}
      }
    }
    return new CallFailed(0, where + " did not answer: " + failed.getMessage());
  }

  private static String step(int status) {
    return switch (status) {
      case 401 -> "give what its authorizer asks for, with --header or in the URL's query";
      case 403 ->
          "check the stage and that it is deployed, and whether it asks for --sign or an API key";
      case 404, 426, 200 -> "check the URL: no WebSocket API is there";
      case 429 -> "it takes no more connections for now; try again later";
      default ->
          status >= 500
              ? "its $connect function, integration or authorizer failed; see gatehouse logs"
              : "its $connect integration refused";
    };
  }
}
