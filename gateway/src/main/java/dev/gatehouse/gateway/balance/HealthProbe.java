package dev.gatehouse.gateway.balance;

import dev.gatehouse.gateway.balance.TargetDefinition.HealthCheck;
import dev.gatehouse.gateway.net.Deadlines;
import dev.gatehouse.gateway.upstream.Origin;
import dev.gatehouse.gateway.upstream.UpstreamConnection;
import dev.gatehouse.gateway.upstream.UpstreamListener;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One question to one upstream: is it well? */
final class HealthProbe extends Deadlines.Timed implements UpstreamListener {
  private static final int LEAST_STATUS = 200;
  private static final int BEYOND_STATUS = 400;

  private final Origin origin;
  private final HealthCheck check;
  private final HealthChecks.Asker asker;
  private final Consumer<String> then;
  private @Nullable UpstreamConnection connection;
  private boolean over;

  /**
   * @param then is told once what is wrong; empty where all is well
   */
  HealthProbe(Origin origin, HealthCheck check, HealthChecks.Asker asker, Consumer<String> then) {
    this.origin = origin;
    this.check = check;
    this.asker = asker;
    this.then = then;
  }

  void start() {
    asker.worker().requestDeadlines().set(this, check.timeout().toMillis());
    asker.upstreams().connect(origin, this);
  }

  @Override
  public void connected(UpstreamConnection connection) {
    if (over) {
      connection.close();
      return;
    }
    this.connection = connection;
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, check.path());
    request
        .headers()
        .set(HttpHeaderNames.HOST, origin.authority())
        .set(HttpHeaderNames.USER_AGENT, "Gatehouse-HealthCheck")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    connection.write(request);
    connection.flush();
  }

  @Override
  public void head(HttpResponse response) {
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return;
    }
    int status = response.status().code();
    conclude(status >= LEAST_STATUS && status < BEYOND_STATUS ? "" : "it answers " + status);
  }

  @Override
  public void part(HttpContent content) {
    content.release();
  }

  @Override
  public void paused() {}

  @Override
  public void writable() {}

  @Override
  public void failed(Failure failure) {
    connection = null;
    conclude("it is " + failure);
  }

  @Override
  protected void expired() {
    conclude("it does not answer in time");
  }

  private void conclude(String problem) {
    if (over) {
      return;
    }
    over = true;
    asker.worker().requestDeadlines().clear(this);
    UpstreamConnection open = connection;
    if (open != null) {
      open.close();
    }
    then.accept(problem);
  }
}
