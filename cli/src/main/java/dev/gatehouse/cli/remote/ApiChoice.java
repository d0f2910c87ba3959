package dev.gatehouse.cli.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the API that a person means: by its id, else by a name that only one has. */
public record ApiChoice(ControlClient client) {

  /** Where what goes beyond AWS is, for that API. */
  public String path(String idOrName) throws InterruptedException {
    return "/_gatehouse/control/apis/" + ControlClient.segment(id(idOrName));
  }

  /** Where AWS has that API. */
  public String resource(String idOrName) throws InterruptedException {
    return resourceOf(id(idOrName));
  }

  /** Where AWS has the API of an id. */
  public static String resourceOf(String id) {
    return "/v2/apis/" + ControlClient.segment(id);
  }

  /** Its id. */
  public String id(String idOrName) throws InterruptedException {
    return find(idOrName)
        .orElseThrow(() ->
            new CallFailed(
                0,
                "there is no API "
                    + idOrName
                    + " for this account and region; see what there is with gatehouse api ls"));
  }

  /** Its id; empty where there is none. */
  public Optional<String> find(String idOrName) throws InterruptedException {
    List<String> named = new ArrayList<>();
    for (JsonNode api : client.all("/v2/apis")) {
      String id = api.path("apiId").asString("");
      if (id.equals(idOrName)) {
        return Optional.of(id);
      }
      if (api.path("name").asString("").equals(idOrName)) {
        named.add(id);
      }
    }
    if (named.size() > 1) {
      throw new CallFailed(
          0, named.size() + " APIs have the name " + idOrName + "; give one of the ids " + named);
    }
    return named.stream().findFirst();
  }
}
