package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tags by ARN (control-plane.md section 13 [C]): of APIs, stages, domain names and VPC links, and
 * of v1's API keys, usage plans and VPC links, whichever of both APIs is asked [U].
 */
final class Tags {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:apigateway:([a-z0-9-]+):\\d*:/([a-z]+)/([^/]+)(?:/(.+))?");

  private static final String STAGES = "stages/";

  private final Desk desk;

  Tags(Desk desk) {
    this.desk = desk;
  }

  /** A resource that has tags, in its drawer. */
  private record Tagged(Drawer drawer, ObjectNode body) {
    ObjectNode tags() {
      return body.withObject("tags");
    }
  }

  ObjectNode get(Call call) {
    ObjectNode answer = Desk.object();
    answer.set("tags", find(desk.store().head(), call).tags());
    return answer;
  }

  ObjectNode tag(Call call) {
    return change(
        call,
        tags -> {
          if (call.given().get("tags") instanceof ObjectNode given) {
            tags.setAll(given);
          }
        });
  }

  ObjectNode untag(Call call) {
    return change(
        call,
        tags -> {
          for (JsonNode key : call.input().query("tagKeys").orElseThrow()) {
            tags.remove(key.stringValue());
          }
        });
  }

  private ObjectNode change(Call call, Consumer<ObjectNode> change) {
    return desk.store()
        .write(tx -> {
          Tagged tagged = find(tx, call);
          change.accept(tagged.tags());
          TagRules.check(typed(tagged.tags()), desk.limits());
          tagged.drawer().keep(tx, tagged.body());
          return Desk.object();
        });
  }

  private static Map<String, String> typed(ObjectNode tags) {
    return Json.mapper().convertValue(tags, new TypeReference<>() {});
  }

  private static Tagged find(View view, Call call) {
    String arn = call.path("resource-arn");
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw OwnRefusals.badArn(arn);
    }
    if (!parts.group(1).equals(call.scope().region())) {
      throw OwnRefusals.unknownArn(arn);
    }
    return find(view, call.scope(), arn, parts);
  }

  private static Tagged find(View view, Scope scope, String arn, Matcher parts) {
    String id = parts.group(3);
    String rest = parts.group(4);
    if (rest != null && rest.startsWith(STAGES) && parts.group(2).equals("apis")) {
      Desk.apiBody(view, scope, id);
      return in(Kind.STAGE.below(scope, id), view, rest.substring(STAGES.length()), arn);
    }
    return switch (rest == null ? parts.group(2) : "") {
      case "apis" -> in(Kind.API.below(scope, ""), view, id, arn);
      case "domainnames" -> in(Kind.DOMAIN_NAME.below(scope, ""), view, id, arn);
      case "apikeys" -> in(ApiKeys.drawer(scope), view, id, arn);
      case "usageplans" -> in(UsagePlans.drawer(scope), view, id, arn);
      case "vpclinks" -> {
        Drawer links = Kind.VPC_LINK.below(scope, "");
        boolean known = links.find(view, id).isPresent();
        yield in(known ? links : Kind.VPC_LINK_V1.below(scope, ""), view, id, arn);
      }
      default -> throw OwnRefusals.badArn(arn);
    };
  }

  private static Tagged in(Drawer drawer, View view, String id, String arn) {
    ObjectNode body = drawer.find(view, id).orElseThrow(() -> OwnRefusals.unknownArn(arn));
    return new Tagged(drawer, body);
  }
}
