package dev.gatehouse.cli.ca;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse ca install-hint}: says what to do, and does none of it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "install-hint",
    header = "Print the commands that make clients trust the CA; changes nothing.",
    footer = {"", "Example: gatehouse ca install-hint"})
final class InstallHintCommand implements Callable<Integer> {
  private static final String HINT =
      """
      # The certificate, once:
      gatehouse ca show --endpoint ENDPOINT > gatehouse-ca.pem

      # One shell's programs:
      curl --cacert gatehouse-ca.pem SECURE/_gatehouse/health
      export AWS_CA_BUNDLE="$PWD/gatehouse-ca.pem"        # AWS CLI, boto3: these trust nothing else then
      export NODE_EXTRA_CA_CERTS="$PWD/gatehouse-ca.pem"  # Node.js
      export REQUESTS_CA_BUNDLE="$PWD/gatehouse-ca.pem"   # Python's requests

      # Java:
      keytool -importcert -noprompt -alias gatehouse -file gatehouse-ca.pem -keystore gatehouse-ca.p12 -storepass changeit
      java -Djavax.net.ssl.trustStore=gatehouse-ca.p12 -Djavax.net.ssl.trustStorePassword=changeit ...

      # Everything on Debian and Ubuntu (undo: remove the file, then update-ca-certificates --fresh):
      sudo cp gatehouse-ca.pem /usr/local/share/ca-certificates/gatehouse-ca.crt && sudo update-ca-certificates

      # Chromium and Chrome on Linux:
      certutil -d sql:"$HOME/.pki/nssdb" -A -t C,, -n gatehouse-ca -i gatehouse-ca.pem
      """;

  @Spec private CommandSpec spec;

  @Mixin private Authority authority;

  @Override
  public Integer call() {
    String clear = authority.endpoint().toString();
    String tls = clear.replaceFirst("^http:", "https:");
    String hint = HINT.replace("ENDPOINT", clear).replace("SECURE", tls);
    spec.commandLine().getOut().print(authority.shown("hint", hint));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
