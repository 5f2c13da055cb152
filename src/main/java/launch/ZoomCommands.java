package launch;

import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import settings.Secret;
import zoom.NotAuthorized;
import zoom.TokenHealth;
import zoom.UnreadableTokenException;
import zoom.ZoomAccount;

/** What operators do with the school's Zoom account. */
@Command(
    name = "zoom",
    description = "The school's Zoom account: how it stands, and authorising it.",
    mixinStandardHelpOptions = true,
    subcommands = {ZoomCommands.Status.class, ZoomCommands.Authorize.class})
final class ZoomCommands {
  private static final int MINUTES = 5;

  @ParentCommand private Commands parent;

  /** Opens the databases, does it, prints how the account stands then. */
  private int with(Function<ZoomAccount, Future<?>> work) throws Exception {
    Node node = Node.create(parent.settings(Map.of("log.level", "warn")));
    try {
      node.migrate().await(MINUTES, TimeUnit.MINUTES);
      ZoomAccount account =
          node.zoom()
              .orElseThrow(
                  () ->
                      new StartFailure(
                          "no Zoom account is configured: set zoom.client-id and"
                              + " zoom.client-secret",
                          null));
      Throwable failure =
          work.apply(account)
              .<Throwable>map(done -> null)
              .otherwise(error -> error)
              .await(MINUTES, TimeUnit.MINUTES);
      TokenHealth health = account.health().await(MINUTES, TimeUnit.MINUTES);
      health.lines().forEach(System.out::println);
      if (failure != null) {
        boolean known =
            failure instanceof NotAuthorized
                || failure instanceof UnreadableTokenException
                || failure instanceof outbound.Failure;
        System.err.println("lessonweave: " + (known ? failure.getMessage() : failure.toString()));
      }
      return failure == null && health.ok() ? 0 : 1;
    } finally {
      node.stop().await(1, TimeUnit.MINUTES);
    }
  }

  @Command(
      name = "status",
      description =
          "Show how the connection stands; never a token. Exit status 1 when it needs you.",
      mixinStandardHelpOptions = true)
  static final class Status implements Callable<Integer> {
    @ParentCommand private ZoomCommands zoom;

    @Option(
        names = "--check",
        description = "Ask Zoom for a token where the present one has run out.")
    private boolean check;

    @Override
    public Integer call() throws Exception {
      return zoom.with(account -> check ? account.check() : Future.succeededFuture());
    }
  }

  @Command(
      name = "authorize",
      description = {
        "Take up a refresh token, from standard input or ZOOM_REFRESH_TOKEN, and try it.",
        "For user OAuth apps; a server-to-server app needs none."
      },
      mixinStandardHelpOptions = true)
  static final class Authorize implements Callable<Integer> {
    @ParentCommand private ZoomCommands zoom;

    @Override
    public Integer call() throws Exception {
      String given = System.getenv("ZOOM_REFRESH_TOKEN");
      String token = given == null || given.isBlank() ? read() : given.strip();
      if (token.isBlank()) {
        throw new StartFailure(
            "no refresh token was given: pipe it in, or set ZOOM_REFRESH_TOKEN", null);
      }
      return zoom.with(account -> account.authorize(new Secret(token)));
    }

    /** Not from the command line, where everybody on the machine could read it. */
    private static String read() throws IOException {
      Console console = System.console();
      if (console != null) {
        char[] typed = console.readPassword("Refresh token: ");
        return typed == null ? "" : new String(typed).strip();
      }
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = input.readLine();
      return line == null ? "" : line.strip();
    }
  }
}
