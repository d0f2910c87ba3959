package dev.gatehouse.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.Rights;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the control API keeps and the data plane does not do yet fails, and never half works. */
class IntegrationsNotBuiltTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";
  private static final String ROLE = "arn:aws:iam::123456789012:role/r";

  private final AtomicInteger calls = new AtomicInteger();
  private final List<Rights> rights = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Answer.class);
  private HttpServer backend;

  @BeforeEach
  void open() throws Exception {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    backend.start();
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    logger.detachAppender(log);
    backend.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + backend.getAddress().getPort() + "/";
  }

  @Test
  void aFunctionIsCalledUnderItsRole() throws Exception {
    assertThat(answer(integration(IntegrationType.AWS_PROXY, FUNCTION, ROLE, null, "INTERNET")))
        .startsWith("HTTP/1.1 200");
    assertThat(rights).containsExactly(new Rights.Role(ROLE));
  }

  @Test
  void aFunctionIsNotCalledWithTheRightsOfACallerThatIsNotKnown() throws Exception {
    answer(integration(IntegrationType.AWS_PROXY, FUNCTION, Rights.CALLERS, null, "INTERNET"));
    assertThat(rights).containsExactly(new Rights.Nobody());
  }

  @Test
  void aUrlIsNotCalledWithoutTheRoleEither() throws Exception {
    fails(integration(IntegrationType.HTTP_PROXY, url(), ROLE, null, "INTERNET"), "a role");
  }

  @Test
  void anAwsServiceIsNotTakenForAFunction() throws Exception {
    fails(
        integration(IntegrationType.AWS_PROXY, null, ROLE, "SQS-SendMessage", "INTERNET"),
        "SQS-SendMessage");
    fails(
        integration(IntegrationType.AWS_PROXY, FUNCTION, null, "SQS-SendMessage", "INTERNET"),
        "SQS-SendMessage");
  }

  @Test
  void theSameWithoutAnyOfThatIsCalled() throws Exception {
    assertThat(answer(integration(IntegrationType.HTTP_PROXY, url(), null, null, "INTERNET")))
        .startsWith("HTTP/1.1 204");
    assertThat(calls).hasValue(1);
    assertThat(answer(integration(IntegrationType.AWS_PROXY, FUNCTION, null, null, "INTERNET")))
        .startsWith("HTTP/1.1 200");
    assertThat(calls).hasValue(2);
  }

  private void fails(Integration integration, String what) throws Exception {
    assertThat(answer(integration))
        .startsWith("HTTP/1.1 500")
        .endsWith("{\"message\":\"Internal Server Error\"}");
    assertThat(calls).hasValue(0);
    assertThat(log.list.getLast().getFormattedMessage()).contains(what).contains("not built yet");
  }

  private String answer(Integration integration) throws Exception {
    FunctionInvoker function =
        invocation -> {
          calls.incrementAndGet();
          rights.add(invocation.rights());
          return CompletableFuture.completedFuture(
              new FunctionInvoker.Returned("{\"statusCode\":200}".getBytes(UTF_8)));
        };
    try (RunningGateway gateway =
        RunningGateway.serving(new Definitions().route("GET /x", integration), function)) {
      return gateway.exchange("GET /x");
    }
  }

  private static Integration integration(
      IntegrationType type,
      @Nullable String uri,
      @Nullable String role,
      @Nullable String subtype,
      String connectionType) {
    return new Integration(
        "i",
        type,
        connectionType,
        "1.0",
        30_000,
        null,
        connectionType.equals("VPC_LINK") ? "l1n2k3" : null,
        null,
        role,
        null,
        type == IntegrationType.HTTP_PROXY ? "GET" : null,
        null,
        subtype,
        uri,
        null,
        Map.of(),
        null,
        Map.of(),
        null,
        null);
  }
}
