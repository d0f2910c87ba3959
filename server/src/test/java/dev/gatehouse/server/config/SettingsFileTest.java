package dev.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.control.Limits;
import dev.gatehouse.gateway.balance.TargetDefinition;
import dev.gatehouse.gateway.balance.TargetDefinition.Ejection;
import dev.gatehouse.gateway.balance.TargetDefinition.HealthCheck;
import dev.gatehouse.gateway.balance.TargetDefinition.Upstream;
import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.gateway.upstream.Origin;
import dev.gatehouse.identity.AddressRange;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Credential;
import dev.gatehouse.model.Extensions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
  @TempDir Path directory;

  private Settings read(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("gatehouse.yaml"), yaml);
    return SettingsFile.read(file, new HashSet<>());
  }

  private String refusal(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("gatehouse.yaml"), yaml);
    return assertThatExceptionOfType(WrongConfiguration.class)
        .isThrownBy(() -> SettingsFile.read(file, new HashSet<>()))
        .actual()
        .getMessage();
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(read("")).isEqualTo(Settings.defaults());
    assertThat(read("# only this\n")).isEqualTo(Settings.defaults());
    assertThat(read("listen:\nquotas:\nkeys:\nhosts:\nissuers:\n")).isEqualTo(Settings.defaults());
  }

  @Test
  void listenHasAddressAndPort() throws IOException {
    assertThat(Settings.defaults().listen())
        .isEqualTo(new Listen(InetAddress.ofLiteral("127.0.0.1"), 4566, true));
    assertThat(read("listen: {address: 0.0.0.0}").listen())
        .isEqualTo(new Listen(InetAddress.ofLiteral("0.0.0.0"), 4566, true));
    assertThat(read("listen: {address: '::1', port: 0}").listen())
        .isEqualTo(new Listen(InetAddress.ofLiteral("::1"), 0, true));
  }

  @Test
  void dataIsAPathFromTheFile() throws IOException {
    assertThat(Settings.defaults().data()).isNull();
    assertThat(read("data: /somewhere/else").data()).isEqualTo(Path.of("/somewhere/else"));
    assertThat(read("data: ./kept").data()).isEqualTo(directory.resolve("kept"));
  }

  @Test
  void drainIsADuration() throws IOException {
    assertThat(Settings.defaults().drain()).isEqualTo(Duration.ofSeconds(10));
    assertThat(read("drain: 250ms").drain()).isEqualTo(Duration.ofMillis(250));
    assertThat(read("drain: 0s").drain()).isZero();
  }

  @Test
  void heldBodiesIsASize() throws IOException {
    assertThat(Settings.defaults().heldBodies()).isEqualTo(512L << 20);
    assertThat(read("held-bodies: 16MiB").heldBodies()).isEqualTo(16L << 20);
  }

  @Test
  void authIsOpenOrVerify() throws IOException {
    assertThat(Settings.defaults().access().mode()).isEqualTo(Authenticator.Mode.OPEN);
    assertThat(read("auth: open").access().mode()).isEqualTo(Authenticator.Mode.OPEN);
    assertThat(read("auth: verify").access().mode()).isEqualTo(Authenticator.Mode.VERIFY);
  }

  @Test
  void hostsAreNames() throws IOException {
    assertThat(Settings.defaults().access().hosts()).isEmpty();
    assertThat(read("hosts: [Gateway.Example.com, box]").access().hosts())
        .containsExactlyInAnyOrder("gateway.example.com", "box");
  }

  @Test
  void keysHaveIdSecretAndAccount() throws IOException {
    assertThat(Settings.defaults().access().keys()).isEmpty();
    assertThat(
            read("""
            keys:
              - {id: ONE, secret: s1}
              - {id: TWO, secret: s2, account: "111122223333"}
            """)
                .access()
                .keys())
        .containsExactly(
            Credential.root("ONE", "s1", "000000000000"),
            Credential.root("TWO", "s2", "111122223333"));
  }

  @Test
  void keysMayBelongToUsersWithPolicies() throws IOException {
    String policy = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",%s}}";
    Files.writeString(
        directory.resolve("read.json"),
        policy.formatted("\"Action\":\"apigateway:GET\",\"Resource\":\"*\""));
    Access access =
        read("""
        keys:
          - {id: ONE, secret: s1, user: ann, policies: [read.json, "arn:aws:iam::aws:policy/x"]}
          - {id: TWO, secret: s2, user: bob}
        """)
            .access();
    String ann = "arn:aws:iam::000000000000:user/ann";
    assertThat(access.keys()).extracting(Credential::principalArn).contains(ann);
    assertThat(access.policies().get(ann)).hasSize(2).contains("arn:aws:iam::aws:policy/x");
    assertThat(access.policies().get("arn:aws:iam::000000000000:user/bob")).isEmpty();
    Files.writeString(directory.resolve("half.json"), policy.formatted("\"Action\":\"s3:*\""));
    for (String wrong :
        List.of(
            "user: ann, policies: [half.json]",
            "user: ann, policies: [none.json]",
            "policies: [read.json]",
            "user: 'a b'")) {
      assertThatThrownBy(() -> read("keys: [{id: A, secret: s, " + wrong + "}]"))
          .as(wrong)
          .isInstanceOf(WrongConfiguration.class);
    }
  }

  @Test
  void quotasAreAwssUnlessSaidOtherwise() throws IOException {
    assertThat(Settings.defaults().quotas()).isEqualTo(Limits.AWS);
    assertThat(read("quotas: {routes: none}").quotas().routes()).isEqualTo(Limits.NONE);
    for (String key : Quotas.values(Limits.AWS).keySet()) {
      Map<String, Integer> expected = Quotas.values(Limits.AWS);
      expected.put(key, 7);
      assertThat(Quotas.values(read("quotas: {" + key + ": 7}").quotas())).isEqualTo(expected);
    }
  }

  @Test
  void issuersLeadToUrls() throws IOException {
    assertThat(Settings.defaults().issuers()).isEmpty();
    assertThat(read("issuers: {'https://a.example/': 'http://127.0.0.1:9000'}").issuers())
        .isEqualTo(Map.of("https://a.example/", "http://127.0.0.1:9000"));
  }

  @Test
  void runtimesLeadToHomes() throws IOException {
    assertThat(Settings.defaults().runtimes()).isEmpty();
    assertThat(read("runtimes: {java21: /jdk/21, java17: jdk17}").runtimes())
        .isEqualTo(Map.of("java21", Path.of("/jdk/21"), "java17", directory.resolve("jdk17")));
  }

  @Test
  void functionsHaveProcessesAndWhatElseTheyStandOn() throws IOException {
    assertThat(Settings.defaults().functions())
        .isEqualTo(
            new FunctionSettings(
                10,
                100,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                List.of(),
                58_000,
                null,
                List.of()));
    assertThat(read("functions: {processes: 3}").functions().processes()).isEqualTo(3);
    assertThat(read("functions: {total-processes: 7}").functions().totalProcesses()).isEqualTo(7);
    assertThat(read("functions: {idle: 2h}").functions().idle()).isEqualTo(Duration.ofHours(2));
    assertThat(read("functions: {retry-after: 2s}").functions().retryAfter())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(read("functions: {first-user: 70000}").functions().firstUser()).isEqualTo(70_000);
    assertThat(read("functions: {cpu-group: /sys/fs/cgroup/gatehouse}").functions().cpuGroup())
        .isEqualTo(Path.of("/sys/fs/cgroup/gatehouse"));
    assertThat(
            read("functions: {endpoints: [{functions: 'arn:aws:lambda:eu-west-1:111122223333:function:*',"
                    + " url: 'http://127.0.0.1:1', id: a, secret: b}]}")
                .functions()
                .endpoints())
        .containsExactly(
            new FunctionEndpoint(
                "arn:aws:lambda:eu-west-1:111122223333:function:*",
                "http://127.0.0.1:1",
                "a",
                "b"));
    assertThat(read("functions: {directories: [/a, b]}").functions().directories())
        .containsExactly(Path.of("/a"), directory.resolve("b"));
  }

  @Test
  void objectsAreHereUnlessAnEndpointKeepsThem() throws IOException {
    ObjectSettings here = read("objects: {durable: true}").objects();
    assertThat(here).isEqualTo(new ObjectSettings(true, null, "us-east-1", null, null));
    ObjectSettings there =
        read("objects: {endpoint: 'https://s3.eu-west-1.amazonaws.com/', region: eu-west-1,"
                + " id: AKIASTORAGE, secret: hidden-one}")
            .objects();
    assertThat(there)
        .isEqualTo(
            new ObjectSettings(
                false,
                URI.create("https://s3.eu-west-1.amazonaws.com"),
                "eu-west-1",
                "AKIASTORAGE",
                "hidden-one"));
    assertThat(there.toString()).doesNotContain("hidden-one");
    assertThatThrownBy(() -> read("objects: {endpoint: 'http://minio:9000/path'}"))
        .hasMessageContaining("objects.endpoint: expected an https:// or http:// URL");
  }

  @Test
  void backendsHaveConnectionsTimesCertificatesAndExceptions() throws IOException {
    assertThat(Settings.defaults().backends().options()).isEqualTo(BackendOptions.defaults());
    assertThat(
            read("""
            backends: {connections: 9, idle: 1s, age: 2s, connect: 3s, certificates: a.pem,
                       allow: [169.254.1.1, 'fe80::/10']}
            """)
                .backends())
        .isEqualTo(
            new BackendSettings(
                9,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                directory.resolve("a.pem"),
                List.of(
                    new AddressRange(InetAddress.ofLiteral("169.254.1.1"), 32),
                    new AddressRange(InetAddress.ofLiteral("fe80::"), 10))));
  }

  @Test
  void certificatesThatAreNoneAreRefusedAtTheStart() throws IOException {
    Path file = Files.writeString(directory.resolve("none.pem"), "nothing");
    for (String name : List.of("none.pem", "missing.pem")) {
      BackendSettings backends = read("backends: {certificates: " + name + "}").backends();
      assertThatExceptionOfType(WrongConfiguration.class)
          .isThrownBy(backends::options)
          .withMessageContaining("backends.certificates: " + file.resolveSibling(name));
    }
  }

  @Test
  void targetsLeadToUpstreams() throws IOException {
    String arn = "arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1?stage=prod";
    assertThat(Settings.defaults().targets()).isEmpty();
    Map<String, TargetDefinition> targets =
        read("""
        targets:
          %s:
            upstreams: [{url: 'http://10.0.0.5:81'}, {url: https://In.example, attributes: {a: b}}]
            server-name: x.example
            health: {path: /h}
            slow-start: 5s
          internal-lb.example:8080:
            upstreams: [{url: 'http://[::1]'}]
            ejection: {failures: 2, time: 1m}
        """
                .formatted(arn))
            .targets();
    assertThat(targets.get(arn))
        .isEqualTo(
            new TargetDefinition(
                List.of(
                    new Upstream(new Origin("10.0.0.5", 81, false), Map.of()),
                    new Upstream(new Origin("in.example", 443, true), Map.of("a", "b"))),
                "x.example",
                HealthCheck.of("/h"),
                Ejection.DEFAULT,
                Duration.ofSeconds(5)));
    assertThat(targets.get("internal-lb.example:8080"))
        .isEqualTo(
            new TargetDefinition(
                List.of(new Upstream(new Origin("[::1]", 80, false), Map.of())),
                null,
                null,
                new Ejection(2, Duration.ofMinutes(1)),
                Duration.ZERO));
  }

  @Test
  void extensionsAreOffUntilSwitchedOn() throws IOException {
    assertThat(Settings.defaults().extensions()).isEqualTo(Extensions.NONE);
    assertThat(read("extensions: {streaming: on}").extensions())
        .isEqualTo(new Extensions(true, 30_000, false));
    assertThat(read("extensions: {timeout: 10m, web-socket-pass-through: on}").extensions())
        .isEqualTo(new Extensions(false, 600_000, true));
  }

  @Test
  void monitoringIsQuietUntilToldWhere() throws IOException {
    assertThat(Settings.defaults().monitoring()).isEqualTo(Monitoring.USUAL);
    assertThat(read("logs: {queue: 2MiB, file-size: 1GiB, access: stdout, overload: slow}"))
        .extracting(settings -> settings.monitoring().logs())
        .isEqualTo(new LogSettings(2L << 20, 1L << 30, LogSettings.Destination.STDOUT, true));
    Monitoring told =
        read("metrics: {open: true, push: 5s}\notlp: {endpoint: 'http://c/', headers: {A: hush}}")
            .monitoring();
    assertThat(told.metrics()).isEqualTo(new MetricSettings(true, Duration.ofSeconds(5)));
    assertThat(told.otlp().url("traces")).isEqualTo("http://c/v1/traces");
    assertThat(told.toString()).doesNotContain("hush");
    assertThat(read("tracing: {percent: 7}\notlp: {endpoint: 'http://c'}").monitoring().traced())
        .isEqualTo(7);
    assertThat(refusal("tracing: {percent: 7}")).contains("otlp.endpoint: expected a URL");
    assertThat(refusal("logs: {access: otlp}")).contains("otlp.endpoint: expected a URL");
  }

  @Test
  void ratesOfAccountsAreOffUnlessAsOnAws() throws IOException {
    assertThat(Settings.defaults().rates()).isEqualTo(RateSettings.OFF);
    assertThat(read("profile: aws").webSockets().connectionsPerSecond()).isEqualTo(500);
    assertThat(
            read("profile: aws\nwebsocket: {connections-per-second: none}")
                .webSockets()
                .connectionsPerSecond())
        .isZero();
    RateSettings aws = read("profile: aws\ncontrol-throttle: {rate: 100}").rates();
    assertThat(aws.account()).isEqualTo(new RateSettings.Rate(10_000, 5_000));
    assertThat(aws.control()).isEqualTo(new RateSettings.Rate(100, 40));
    assertThat(read("account-throttle: {rate: 5, burst: 6}").rates().account())
        .isEqualTo(new RateSettings.Rate(5, 6));
    assertThat(refusal("account-throttle: {rate: 0}")).contains("a whole number from 1, or none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "listen: {port: many} | listen.port: expected a whole number from 0 to 65535",
        "listen: {port: 4566.5} | listen.port: expected a whole number",
        "listen: {port: '4566'} | listen.port: expected a whole number",
        "listen: {address: localhost} | listen.address: expected an IP address",
        "listen: 4566 | listen: expected keys with values",
        "drain: 10 | drain: expected a duration with its unit (ms, s, m, h) from 0ms to 24h",
        "drain: 10 s | drain: expected a duration with its unit",
        "drain: 25h | drain: expected a duration with its unit",
        "held-bodies: 512MB | held-bodies: expected a size with its unit (B, KiB, MiB, GiB)",
        "held-bodies: 1MiB | held-bodies: expected a size with its unit (B, KiB, MiB, GiB), at least 16MiB",
        "auth: none | auth: expected open or verify",
        "hosts: [a, 'b:80'] | hosts[1]: expected a host name without a port",
        "hosts: a | hosts: expected a list",
        "keys: [{id: A, secret: s}, {id: B}] | keys[1].secret: expected text",
        "keys: [{id: A, secret: s, account: 111122223333}] | keys[0].account: expected 12 digits in quotes",
        "keys: [{id: A, secret: s}, {id: A, secret: t}] | keys: expected each id once, but A is there twice",
        "quotas: {routes: 0} | quotas.routes: expected a whole number from 1, or none",
        "quotas: {routes: unlimited} | quotas.routes: expected a whole number from 1, or none",
        "issuers: {login: 'http://a'} | issuers.login: expected the key to be an issuer's URL",
        "issuers: {'https://a': file} | issuers.https://a: expected a URL",
        "runtimes: {node: /n} | runtimes.node: expected the key to be a runtime such as java25",
        "functions: {idle: never} | functions.idle: expected a duration",
        "backends: {allow: [10.0.0.0/40]} | backends.allow[0]: expected an IP address",
        "targets: {'a b': {}} | targets.a b: expected the key to be the ARN of a listener",
        "targets: {a: {}} | targets[\"a\"].upstreams: expected at least one upstream",
        "targets: {a: {upstreams: [{url: 'http://b/c'}]}} | targets[\"a\"].upstreams[0].url: expected http://",
        "targets: {a: {upstreams: [{url: 'http://b'}], health: {healthy: 3}}} | targets[\"a\"].health.path: expected the path",
        "extensions: {streaming: 'yes'} | extensions.streaming: expected off or on",
        "extensions: {timeout: 5s} | extensions.timeout: expected a duration with its unit",
        "- list | the file: expected keys with values",
      })
  void aWrongValueIsRefusedWithItsPlaceAndWhatIsExpected(String yaml, String message)
      throws IOException {
    assertThat(refusal(yaml)).contains("gatehouse.yaml: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls: {} | tls is not known; known here are account-throttle, auth,",
        "listen: {prot: 1} | listen.prot is not known; known here are address, port",
        "heldBodies: 1GiB | heldBodies is not known; write held-bodies",
        "quotas: {stage_variables: 1} | quotas.stage_variables is not known; write quotas.stage-variables",
        "port: 1 | port is not known; write listen.port",
        "keys: [{id: A, secret: s, name: n}] | keys[0].name is not known; known here are account, id, policies, secret, user",
      })
  void anUnknownKeyIsRefusedWithWhatToWriteInstead(String yaml, String message) throws IOException {
    assertThat(refusal(yaml)).contains("gatehouse.yaml: " + message);
  }

  @Test
  void brokenYamlIsRefusedWithItsLineButNotItsText() throws IOException {
    assertThat(refusal("auth: verify\nkeys: [{id: A, secret: 'hush}]\n"))
        .contains("line ", "this is not YAML")
        .doesNotContain("hush");
    assertThat(refusal("auth: verify\nauth: open\n")).contains("line 2");
    assertThat(refusal("data: &d hush\nkeys: [{id: A, secret: *d}]\n"))
        .contains("line 2: aliases")
        .doesNotContain("hush");
    assertThat(refusal("auth: open\n---\nauth: verify\n")).contains("line ");
  }

  @Test
  void aWrongSecretIsNotShown() throws IOException {
    assertThat(refusal("keys: [{id: A, secret: 987654}]")).doesNotContain("987654");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    Path missing = directory.resolve("missing.yaml");
    assertThatExceptionOfType(WrongConfiguration.class)
        .isThrownBy(() -> Settings.read(missing))
        .withMessage(missing + " cannot be read as a text file");
  }

  @Test
  void whatIsInForceIsAFileOfTheSameSettingsWithoutSecrets() throws IOException {
    Settings settings =
        read(
            """
            {listen: {port: 1}, data: /d, drain: 90s, held-bodies: 1GiB, auth: verify, hosts: [h],
             quotas: {routes: none}, issuers: {"https://a": "http://b"}, runtimes: {java21: /j},
             functions: {processes: 2, idle: 1h}}
            """);
    String text =
        new tools.jackson.databind.json.JsonMapper()
            .writeValueAsString(SettingsText.of(settings, Path.of("/d")));
    assertThat(read(text)).isEqualTo(settings);

    Settings keys = read("keys: [{id: A, secret: hush}]");
    assertThat(SettingsText.of(keys, Path.of("/d")).toString())
        .contains("keys=[{id=A, account=000000000000}]")
        .doesNotContain("hush");
  }

  @Test
  void theNamesOfUnitsAreRead() {
    for (String text : Set.of("1ms", "1s", "90s", "2m", "3h")) {
      assertThat(Units.duration(text).map(Units::text)).contains(text);
    }
    for (String text : Set.of("1B", "3KiB", "5MiB", "7GiB")) {
      assertThat(Units.size(text).map(Units::text)).contains(text);
    }
  }
}
