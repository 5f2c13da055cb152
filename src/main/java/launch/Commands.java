package launch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import settings.Settings;
import settings.SettingsException;
import telemetry.Logging;

/**
 * The command line. Exit status: 0 done, 1 it went wrong, 2 the settings or the command line can't
 * be used.
 */
@Command(
    name = "lessonweave",
    description = "A lesson ends; minutes later the student plays games made from it.",
    versionProvider = Version.class,
    subcommands = {
      Commands.Serve.class,
      Commands.Demo.class,
      Commands.Migrate.class,
      Commands.Keys.class,
      GenerateCommand.class,
      CheckCommand.class,
      ZoomCommands.class,
      Commands.ShowVersion.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Settings come from conf/application.yaml inside the jar, --conf FILE and the environment;"
          + " without any, embedded databases are used."
    })
final class Commands implements Callable<Integer> {
  private static final int WRONG_SETTINGS = 2;
  private static final Map<String, String> QUIET = Map.of("log.level", "error");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @CommandLine.Mixin private NodeOptions options = new NodeOptions();

  @Override
  public Integer call() throws Exception {
    return serve(options);
  }

  /** As the options, the environment and the file say; over them {@code over}. */
  Settings settings(Map<String, String> over) {
    return options.load(over);
  }

  /** What says how a node is to run; understood before and after the command's name. */
  static final class NodeOptions {
    @Option(
        names = "--conf",
        scope = ScopeType.INHERIT,
        paramLabel = "FILE",
        description = "Settings file (YAML or JSON) over the defaults.")
    private Path conf;

    @Option(
        names = "--verticles",
        scope = ScopeType.INHERIT,
        paramLabel = "NAMES",
        description =
            "Verticles to run with instance counts, e.g. ClassMonitor,ZoomFetcher:2,GameHttp;"
                + " default all.")
    private String verticles;

    @Option(
        names = "--cluster",
        scope = ScopeType.INHERIT,
        description = "Join the nodes named by cluster.members.")
    private boolean cluster;

    Settings load(Map<String, String> over) {
      Map<String, String> commandLine = new LinkedHashMap<>(over);
      if (verticles != null) {
        commandLine.put("verticles", verticles);
      }
      if (cluster) {
        commandLine.put("cluster.enabled", "true");
      }
      Settings settings =
          Node.loadSettings(Optional.ofNullable(conf), System.getenv(), commandLine);
      Logging.configure(settings.log());
      return settings;
    }
  }

  private static int serve(NodeOptions options) throws Exception {
    Settings settings = options.load(Map.of());
    Node node = Node.create(settings);
    ShutdownHook.stopAtExit(node);
    node.start().await(10, TimeUnit.MINUTES);
    node.stopped().await();
    return 0;
  }

  @Command(
      name = "serve",
      description = "Run this node's verticles until stopped; the default.",
      mixinStandardHelpOptions = true)
  static final class Serve implements Callable<Integer> {
    @ParentCommand private Commands parent;

    @Override
    public Integer call() throws Exception {
      return serve(parent.options);
    }
  }

  @Command(
      name = "demo",
      description = "Let a class end and show how its exercises come about, on embedded databases.",
      mixinStandardHelpOptions = true)
  static final class Demo implements Callable<Integer> {
    @ParentCommand private Commands parent;

    @Option(
        names = "--exit",
        description = "Stop once the exercises are there instead of serving on.")
    private boolean exit;

    @Option(
        names = "--zoom",
        description = "Fetch the recording from an imitation of Zoom instead of the folder.")
    private boolean zoom;

    @Override
    public Integer call() throws Exception {
      Map<String, String> over = new LinkedHashMap<>();
      // What the demo prints is for watching; the log only speaks up when something is wrong.
      if (System.getenv("LOG_LEVEL") == null) {
        over.put("log.level", "warn");
      }
      if (!zoom) {
        return new DemoRun(parent.options.load(over), exit, Optional.empty()).run();
      }
      try (DemoZoom imitation = DemoZoom.start()) {
        over.putAll(imitation.settings());
        return new DemoRun(parent.options.load(over), exit, Optional.of(imitation)).run();
      }
    }
  }

  @Command(
      name = "migrate",
      description = "Bring both databases' tables up to date, and exit.",
      mixinStandardHelpOptions = true)
  static final class Migrate implements Callable<Integer> {
    @ParentCommand private Commands parent;

    @Override
    public Integer call() throws Exception {
      Node node = Node.create(parent.options.load(Map.of()));
      try {
        node.migrate().await(10, TimeUnit.MINUTES).forEach(System.out::println);
        return 0;
      } finally {
        node.stop().await(1, TimeUnit.MINUTES);
      }
    }
  }

  @Command(
      name = "keys",
      description = "Keys of language models.",
      subcommands = Commands.KeysStatus.class,
      mixinStandardHelpOptions = true)
  static final class Keys implements Callable<Integer> {
    @ParentCommand private Commands parent;

    @Override
    public Integer call() throws Exception {
      return new KeysReport(parent.options.load(QUIET)).print();
    }
  }

  @Command(
      name = "status",
      description =
          "Show pools, models, limits and last errors; asks each provider for its models.",
      mixinStandardHelpOptions = true)
  static final class KeysStatus implements Callable<Integer> {
    @ParentCommand private Keys keys;

    @Override
    public Integer call() throws Exception {
      return keys.call();
    }
  }

  @Command(name = "version", description = "Show the version.", mixinStandardHelpOptions = true)
  static final class ShowVersion implements Callable<Integer> {
    @Override
    public Integer call() {
      System.out.println(new Version().getVersion()[0]);
      return 0;
    }
  }

  /** A command line that can't be understood: what is wrong with it, and how it is meant. */
  static int misused(ParameterException exception, String[] arguments) {
    System.err.println(exception.getMessage());
    System.err.println();
    exception.getCommandLine().usage(System.err);
    return WRONG_SETTINGS;
  }

  /**
   * One place decides what a failed command prints: what an operator can act on, and no stack trace
   * for what they caused.
   */
  static int failed(Exception exception, CommandLine commandLine, ParseResult parsed) {
    if (exception instanceof SettingsException) {
      System.err.println(exception.getMessage());
      return WRONG_SETTINGS;
    }
    Throwable cause =
        exception instanceof StartFailure || exception.getCause() == null
            ? exception
            : exception.getCause();
    System.err.println(
        "lessonweave: " + (cause.getMessage() == null ? cause.toString() : cause.getMessage()));
    if (!(cause instanceof StartFailure)) {
      cause.printStackTrace(System.err);
    }
    return 1;
  }
}
