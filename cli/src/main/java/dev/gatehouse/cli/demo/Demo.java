package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The image pipeline, step by step: an image goes up through a presigned URL, is processed by a
 * service behind the gateway, and comes down again. Plain blocking code, a client of a Gatehouse in
 * a process of its own.
 */
public final class Demo {

  private static final String BUCKET = "image-pipeline";
  private static final String ORIGINAL = "harbour.png";
  private static final String RESULT = "grey/harbour.png";

  private final Distribution distribution;
  private final Workplace place;
  private final PrintStream out;
  private final Steps steps;

  private Demo(Distribution distribution, Workplace place, PrintStream out) {
    this.distribution = distribution;
    this.place = place;
    this.out = out;
    this.steps = new Steps(out, System::nanoTime);
  }

  /** Runs the demo; {@code stay} keeps everything up until the process is stopped. */
  public static void run(Distribution distribution, PrintStream out, boolean stay)
      throws IOException, InterruptedException {
    Workplace.with(out, stay, place -> new Demo(distribution, place, out).run());
  }

  private void run() {
    GatehouseProcess.during(
        distribution,
        place,
        steps,
        (url, http) -> {
          try (Aws aws = Aws.at(url)) {
            URI endpoint = build(aws);
            use(new PipelineClient(http, endpoint));
            report(endpoint);
          }
        });
  }

  private URI build(Aws aws) {
    steps.run(
        "bucket", () -> new Steps.Outcome<>(aws.s3().createBucket(b -> b.bucket(BUCKET)), BUCKET));
    PresignFunction function =
        steps.run(
            "function",
            () -> {
              var made = PresignFunction.create(aws.lambda(), distribution.presignZip(), BUCKET);
              return new Steps.Outcome<>(made, made.name() + ", java25, answers presigned URLs");
            });
    ImageServiceProcess service =
        steps.run(
            "image service",
            () -> {
              var started =
                  ImageServiceProcess.start(
                      distribution, aws, BUCKET, place.folder(), place.children());
              return new Steps.Outcome<>(started, "is up on " + started.url());
            });
    PipelineApi api =
        steps.run(
            "API",
            () -> {
              PipelineApi made = PipelineApi.create(aws.gateway());
              return new Steps.Outcome<>(made, "image-pipeline, " + made.id());
            });
    connect(aws, api, function, service);
    return api.endpoint();
  }

  private void connect(
      Aws aws, PipelineApi api, PresignFunction function, ImageServiceProcess service) {
    steps.run(
        "routes",
        () -> {
          api.routeTo(function, List.of("GET /presign", "POST /presign"));
          return new Steps.Outcome<>(api, "GET and POST /presign to the function");
        });
    steps.run(
        "routes",
        () -> {
          api.routeTo(service.url(), List.of("GET /ping", "POST /invocations"));
          return new Steps.Outcome<>(api, "GET /ping, POST /invocations to the image service");
        });
    steps.run(
        "permission",
        () -> {
          function.permit(aws.lambda(), api.id());
          return new Steps.Outcome<>(function, "apigateway-access");
        });
    steps.run(
        "stage",
        () -> {
          api.deploy();
          return new Steps.Outcome<>(api, "$default, deployed at every change");
        });
  }

  private void use(PipelineClient client) {
    steps.run(
        "ping",
        () -> {
          client.ping(Duration.ofSeconds(30));
          return new Steps.Outcome<>(true, "the image service answers through the gateway");
        });
    byte[] original = upload(client);
    steps.run(
        "process",
        () -> {
          JsonNode done = client.process(ORIGINAL, RESULT);
          return new Steps.Outcome<>(
              done, "%s x %s, grey".formatted(done.path("width"), done.path("height")));
        });
    byte[] result = download(client);
    steps.run(
        "check",
        () -> {
          ExpectedImage.check(original, result);
          return new Steps.Outcome<>(true, "every pixel of the result is what it should be");
        });
  }

  private byte[] upload(PipelineClient client) {
    URI url =
        steps.run(
            "presign",
            () ->
                new Steps.Outcome<>(
                    client.presignByQuery("upload", ORIGINAL),
                    "GET /presign?mode=upload (the function's cold start)"));
    return steps.run(
        "upload",
        () -> {
          byte[] image = Files.readAllBytes(distribution.image());
          client.upload(url, image);
          return new Steps.Outcome<>(image, ORIGINAL + ", " + image.length + " bytes");
        });
  }

  private byte[] download(PipelineClient client) {
    URI url =
        steps.run(
            "presign",
            () ->
                new Steps.Outcome<>(
                    client.presignByBody("download", RESULT), "POST /presign, mode=download"));
    return steps.run(
        "download",
        () -> {
          byte[] image = client.download(url);
          return new Steps.Outcome<>(image, RESULT + ", " + image.length + " bytes");
        });
  }

  private void report(URI endpoint) {
    steps.report();
    out.printf("The API is at %s%n%n", endpoint);
    out.print(
        """
          curl '%1$s/ping'
          curl '%1$s/presign?mode=download&file=%2$s'
          curl -d '{"image":"%3$s"}' '%1$s/invocations'
          curl -T YOUR.png "$(curl -s '%1$s/presign?mode=upload&file=yours.png' | cut -d '"' -f 4)"

        """
            .formatted(endpoint, RESULT, ORIGINAL));
  }
}
