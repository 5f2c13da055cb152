package courses.sources;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import zoom.TextDecoder;

/**
 * The process that reads documents: a bomb among them fills this heap and not the service's, and
 * ends with this process. Takes a request a line, answers lines until one has {@code done} or
 * {@code refused}, and ends with its parent.
 */
final class DocumentMain {
  private static final int PROGRESS_MILLIS = 50;

  private final PrintStream answers;
  private long told;

  private DocumentMain(PrintStream answers) {
    this.answers = answers;
  }

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what libraries print must not be taken for answers
    LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>(4);
    Thread listener = new Thread(() -> listen(requests), "requests");
    listener.setDaemon(true);
    listener.start();
    while (true) {
      new DocumentMain(answers).answer(new JsonObject(requests.take()));
    }
  }

  /** When the parent has gone, nobody wants what is being read, however long it would take. */
  private static void listen(LinkedBlockingQueue<String> requests) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        requests.put(line);
      }
    } catch (IOException | InterruptedException gone) {
      // the same as its end
    }
    Runtime.getRuntime().halt(0);
  }

  private void answer(JsonObject request) {
    try {
      Document document =
          read(
              Path.of(request.getString("file")),
              DocumentKind.valueOf(request.getString("kind")),
              request.getInteger("maxPages"),
              request.getInteger("maxCharacters"));
      write(document, Path.of(request.getString("result")));
      answers.println(new JsonObject().put("done", true).encode());
    } catch (SourceRefused refused) {
      answers.println(
          new JsonObject()
              .put("refused", refused.code().name())
              .put("reason", refused.getMessage())
              .encode());
    } catch (StackOverflowError deep) {
      answers.println(
          new JsonObject()
              .put("refused", SourceRefused.Code.TOO_COSTLY.name())
              .put("reason", "the document is nested deeper than any honest one: save it anew")
              .encode());
    } catch (IOException | RuntimeException error) {
      answers.println(new JsonObject().put("failed", error.getClass().getSimpleName()).encode());
    }
  }

  /**
   * What was read.
   *
   * @param pages 0 where the kind has none
   */
  record Document(Optional<String> title, int pages, List<Block> blocks) {}

  private Document read(Path file, DocumentKind kind, int maxPages, int maxCharacters)
      throws IOException {
    return switch (kind) {
      case PDF -> {
        PdfPages.Read read = PdfPages.read(file, maxPages, maxCharacters, this::tell);
        yield new Document(read.title(), read.pages().size(), PageBlocks.of(read.pages()));
      }
      case DOCX -> new Document(Optional.empty(), 0, DocxBlocks.of(file, maxCharacters));
      case DOC ->
          new Document(
              Optional.empty(),
              0,
              PlainBlocks.of(
                  CleanText.paragraphs(WordText.of(Files.readAllBytes(file), maxCharacters))));
      case TEXT -> {
        String text = CleanText.paragraphs(TextDecoder.decode(Files.readAllBytes(file)));
        if (text.length() > maxCharacters) {
          throw new SourceRefused(
              SourceRefused.Code.TOO_LARGE,
              "the text has more than " + maxCharacters + " characters: split it");
        }
        yield new Document(Optional.empty(), 0, PlainBlocks.of(text));
      }
    };
  }

  private void tell(int page) {
    long now = System.nanoTime();
    if (now - told > PROGRESS_MILLIS * 1_000_000L) {
      told = now;
      answers.println(new JsonObject().put("page", page).encode());
    }
  }

  private static void write(Document document, Path result) throws IOException {
    try (Writer out = Files.newBufferedWriter(result)) {
      out.write(
          new JsonObject()
                  .put("title", document.title().orElse(null))
                  .put("pages", document.pages())
                  .encode()
              + "\n");
      for (Block block : document.blocks()) {
        out.write(
            new JsonArray()
                    .add(block.text())
                    .add(block.level())
                    .add(block.page())
                    .add(block.pageTo())
                    .encode()
                + "\n");
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  static Document result(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      var rows = lines.iterator();
      JsonObject head = new JsonObject(rows.next());
      List<Block> blocks = new java.util.ArrayList<>();
      while (rows.hasNext()) {
        JsonArray row = new JsonArray(rows.next());
        blocks.add(
            new Block(
                row.getString(0),
                row.getInteger(1),
                -1,
                -1,
                row.getInteger(2),
                row.getInteger(3),
                ""));
      }
      return new Document(
          Optional.ofNullable(head.getString("title")), head.getInteger("pages"), blocks);
    }
  }
}
