package dev.gatehouse.cli.ca;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse ca show}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "show",
    header = "Print the certificate to trust, in PEM.",
    footer = {"", "Example: gatehouse ca show > gatehouse-ca.pem"})
final class ShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Authority authority;

  @Override
  public Integer call() throws InterruptedException {
    spec.commandLine().getOut().print(authority.shown("certificate", authority.certificate()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
