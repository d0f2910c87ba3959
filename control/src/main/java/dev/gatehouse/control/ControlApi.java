package dev.gatehouse.control;

import dev.gatehouse.control.usage.UsageCounts;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.store.Store;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.rest.Decoder;
import dev.gatehouse.wire.rest.Encoder;
import dev.gatehouse.wire.rest.Input;
import dev.gatehouse.wire.rest.Operation;
import dev.gatehouse.wire.rest.Operations;
import dev.gatehouse.wire.rest.RequestIds;
import java.io.IOException;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The control API, apigatewayv2 and the little of v1 that it needs: finds the operation, decodes,
 * lets the resource's class decide, encodes. A refusal is rendered by {@link Faults} and nowhere
 * else. What matches no operation gets an error that names what was asked; it never falls through
 * to another service.
 */
public final class ControlApi implements CallerService {
  private final Operations operations = Operations.load();
  private final Operations v1 = Operations.loadV1();
  private final Desk desk;
  private final Decoder decoder;
  private final Handlers handlers;
  private final ApiKeyImport keyImport;
  private final IdSource ids;

  /** The control API over a store, for which no key has been used yet. */
  public ControlApi(Store store, ControlSettings settings, InstantSource clock, IdSource ids) {
    this(store, settings, clock, ids, UsageCounts.inMemory());
  }

  /** The control API over a store and what API keys have used. */
  public ControlApi(
      Store store, ControlSettings settings, InstantSource clock, IdSource ids, UsageCounts usage) {
    this.decoder = new Decoder(settings.maxBodyBytes());
    this.desk = new Desk(store, settings, clock, ids, new UnseenDeployments());
    this.handlers = new Handlers(desk, usage);
    this.keyImport = new ApiKeyImport(desk, new ApiKeys(desk), settings.maxBodyBytes());
    this.ids = ids;
  }

  /**
   * What the control API has beyond AWS's, over the same store.
   *
   * @param clients tells who is connected
   */
  public RolloutApi rollouts(ConnectedClients clients) {
    return new RolloutApi(desk, clients);
  }

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    RequestIds requestIds = new RequestIds(ids.requestId(), ids.gatewayId());
    return Faults.rendered(requestIds, () -> answer(caller, call, requestIds));
  }

  private HttpReply answer(Caller caller, HttpCall call, RequestIds requestIds) throws IOException {
    if (ApiKeyImport.isAsked(call)) {
      return keyImport
          .handle(caller.scope(), call)
          .with("x-amzn-RequestId", requestIds.requestId())
          .with("x-amz-apigw-id", requestIds.gatewayId());
    }
    Operations.Match match =
        operations
            .match(call.method(), call.rawPath())
            .or(() -> v1.match(call.method(), call.rawPath()))
            .orElseThrow(() -> OwnRefusals.noOperation(call.method(), call.rawPath()));
    Operation operation = match.operation();
    Handler handler =
        handlers
            .of(operation.name())
            .orElseThrow(() -> OwnRefusals.operationNotBuilt(operation.name()));
    Input input = decoder.decode(match, call);
    ObjectNode result = handler.handle(new Call(caller.scope(), input));
    return Encoder.reply(operation, result, requestIds);
  }
}
