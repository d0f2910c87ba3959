package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;

/**
 * A chat over a WebSocket API, step by step: a table of connections, the functions, the API, the
 * page; then two clients talk to each other. Plain blocking code, a client of a Gatehouse in a
 * process of its own.
 */
public final class ChatDemo {
  private final Distribution distribution;
  private final Workplace place;
  private final PrintStream out;
  private final Steps steps;

  private ChatDemo(Distribution distribution, Workplace place, PrintStream out) {
    this.distribution = distribution;
    this.place = place;
    this.out = out;
    this.steps = new Steps(out, System::nanoTime);
  }

  /** Runs the chat; {@code stay} keeps everything up until the process is stopped. */
  public static void run(Distribution distribution, PrintStream out, boolean stay)
      throws IOException, InterruptedException {
    Workplace.with(out, stay, place -> new ChatDemo(distribution, place, out).run());
  }

  private void run() {
    GatehouseProcess.during(
        distribution,
        place,
        steps,
        (url, http) -> {
          try (Aws aws = Aws.at(url);
              ChatApis apis = ChatApis.at(url)) {
            ChatFunctions functions = functions(aws);
            URI chat = chat(apis, functions);
            URI page = page(apis, functions, chat);
            URI clear = URI.create(chat.toString().replaceFirst("^wss:", "ws:"));
            talk(http, clear);
            report(page, clear);
          }
        });
  }

  private ChatFunctions functions(Aws aws) {
    return steps.run(
        "functions",
        () -> {
          var made = ChatFunctions.create(aws, distribution.chatZip());
          return new Steps.Outcome<>(made, "connect, message, disconnect; java25");
        });
  }

  private URI chat(ChatApis apis, ChatFunctions functions) {
    return steps.run(
        "WebSocket API",
        () -> new Steps.Outcome<>(apis.chat(functions), "$connect, say, $disconnect; stage prod"));
  }

  private URI page(ChatApis apis, ChatFunctions functions, URI chat) {
    return steps.run(
        "page",
        () -> {
          String page = functions.page(chat);
          return new Steps.Outcome<>(apis.page(page), "GET / of an HTTP API");
        });
  }

  private void talk(HttpClient http, URI chat) {
    try (ChatTalker ann = join(http, chat, "Ann");
        ChatTalker bob = join(http, chat, "Bob")) {
      steps.run(
          "join", () -> new Steps.Outcome<>(ann.hears("joined", "Bob", ""), "Ann is told of Bob"));
      steps.run(
          "talk",
          () -> {
            ann.say("Hello, Bob.");
            bob.hears("said", "Ann", "Hello, Bob.");
            ann.hears("said", "Ann", "Hello, Bob.");
            return new Steps.Outcome<>(true, "both hear what Ann says");
          });
      steps.run(
          "leave",
          () -> {
            ann.close();
            return new Steps.Outcome<>(bob.hears("left", "Ann", ""), "Bob is told that Ann left");
          });
    }
  }

  private ChatTalker join(HttpClient http, URI chat, String name) {
    return steps.run(
        "connect",
        () -> new Steps.Outcome<>(ChatTalker.join(http, chat, name), name + " is connected"));
  }

  private void report(URI page, URI chat) {
    steps.report();
    out.printf("The page is at %s%n%n  gatehouse ws connect '%s?name=Ann'%n%n", page, chat);
  }
}
