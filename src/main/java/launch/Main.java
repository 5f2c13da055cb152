package launch;

import picocli.CommandLine;

/** The jar's entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // The embedded servers' and Netty's helpers may write there; a headless server never needs a
    // display.
    System.setProperty("java.awt.headless", "true");
    int status =
        new CommandLine(new Commands())
            .setParameterExceptionHandler(Commands::misused)
            .setExecutionExceptionHandler(Commands::failed)
            .execute(args);
    System.exit(status);
  }
}
