package load;

import courses.sources.TestPdfs;
import fakes.FakeReply;
import fakes.FakeService;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Orders of courses from every kind of source, in turn. */
final class CourseOrders {
  static final int KINDS = 5;

  private final String text = resource("courses/bread.md");
  private final JsonArray spoken = new JsonArray(resource("courses/tides.json"));
  private final byte[] pdf;
  private final long lesson;
  private final URI service;

  /**
   * An order ready to be sent.
   *
   * @param title the course's, as the model sees it
   */
  record Order(int kind, String title, String owner, HttpRequest request) {}

  /** The service that videos' captions and titles come from, for the settings. */
  static FakeService videos(Vertx vertx) {
    JsonArray spoken = new JsonArray(resource("courses/tides.json"));
    JsonArray pieces = new JsonArray();
    for (Object entry : spoken) {
      JsonObject piece = (JsonObject) entry;
      pieces.add(
          new JsonObject()
              .put("text", piece.getString("text"))
              .put("start", piece.getLong("startMs") / 1e3)
              .put("duration", (piece.getLong("endMs") - piece.getLong("startMs")) / 1e3));
    }
    FakeService service =
        FakeService.start(
            vertx,
            request ->
                io.vertx.core.Future.succeededFuture(
                    request.path().endsWith("/extract")
                        ? FakeReply.json(
                            200,
                            new JsonObject()
                                .put("transcript", pieces)
                                .put("file", request.json().getString("videoId") + ".en.vtt"))
                        : FakeReply.json(200, new JsonObject().put("title", "Tides"))));
    service.forget();
    return service;
  }

  static Map<String, String> environment(FakeService videos) {
    return Map.of(
        "COURSE_SOURCES_CAPTIONS_FROM",
        "service",
        "COURSE_SOURCES_TRANSCRIPT_SERVICE_URL",
        videos.address().toString(),
        "COURSE_SOURCES_OEMBED_URL",
        videos.address() + "/oembed");
  }

  CourseOrders(URI service, Pool postgres, Path folder) throws Exception {
    this.service = service;
    pdf = Files.readAllBytes(TestPdfs.write(folder.resolve("bread.pdf"), pages(text)));
    JsonArray turns = new JsonArray();
    for (Object entry : spoken) {
      JsonObject piece = (JsonObject) entry;
      turns.add(
          new JsonObject()
              .put("index", turns.size())
              .put("speaker", "Ms Reed")
              .put("role", "teacher")
              .put("text", piece.getString("text"))
              .put("start_ms", piece.getLong("startMs"))
              .put("end_ms", piece.getLong("endMs")));
    }
    lesson =
        postgres
            .preparedQuery(
                "INSERT INTO zoom_summaries (user_id, teacher_id, class_id, meeting_topic, status,"
                    + " stage, due_at, transcript, utterances) VALUES ('everybody', 'everybody',"
                    + " 'bench-class', 'Why the sea has tides', 'completed', 'exercises', NULL,"
                    + " 'spoken', $1) RETURNING id")
            .execute(Tuple.of(turns))
            .await(10, TimeUnit.SECONDS)
            .iterator()
            .next()
            .getLong("id");
  }

  /** Lines of a page's width, forty a page. */
  private static List<List<TestPdfs.Line>> pages(String text) {
    List<TestPdfs.Line> lines = new ArrayList<>();
    for (String block : text.split("\n\n")) {
      if (block.startsWith("#")) {
        lines.add(TestPdfs.heading(block.replaceFirst("#+ *", "").strip()));
        continue;
      }
      StringBuilder line = new StringBuilder();
      boolean first = true;
      for (String word : block.split("\\s+")) {
        if (line.length() + word.length() > 85) {
          lines.add(first ? TestPdfs.paragraph(line.toString()) : TestPdfs.line(line.toString()));
          first = false;
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(first ? TestPdfs.paragraph(line.toString()) : TestPdfs.line(line.toString()));
    }
    List<List<TestPdfs.Line>> pages = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 36) {
      pages.add(lines.subList(i, Math.min(lines.size(), i + 36)));
    }
    return pages;
  }

  private static String resource(String name) {
    try (InputStream in = CourseOrders.class.getClassLoader().getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * The next order of a kind.
   *
   * @param kind 0 topic, 1 text, 2 PDF, 3 recorded lesson, 4 video
   */
  Order order(int kind, String name, String owner) {
    String title = "Course " + name;
    JsonObject source =
        switch (kind) {
          case 0 -> new JsonObject().put("type", "topic").put("topic", title);
          case 1 -> new JsonObject().put("type", "text").put("text", text);
          case 3 -> new JsonObject().put("type", "transcript").put("lessonId", lesson);
          case 4 ->
              new JsonObject()
                  .put("type", "youtube")
                  .put("url", "https://youtu.be/" + String.format("%11s", name).replace(' ', '_'));
          default -> null;
        };
    // a recorded lesson belongs to one teacher
    String whose = kind == 3 ? "everybody" : owner;
    if (source == null) {
      return new Order(kind, title, whose, upload(title, whose));
    }
    return new Order(
        kind,
        title,
        whose,
        HttpRequest.newBuilder(service.resolve("/api/v1/course-jobs"))
            .header("Content-Type", "application/json")
            .header("X-User-Id", whose)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new JsonObject().put("title", title).put("source", source).encode()))
            .build());
  }

  /** Each upload is a file of its own: a comment at its end makes its bytes so. */
  private HttpRequest upload(String title, String owner) {
    String border = "part-" + UUID.randomUUID();
    Buffer body =
        Buffer.buffer("--" + border + "\r\nContent-Disposition: form-data; name=\"course_title\"")
            .appendString("\r\n\r\n" + title + "\r\n--" + border)
            .appendString("\r\nContent-Disposition: form-data; name=\"files\"; filename=\"b.pdf\"")
            .appendString("\r\nContent-Type: application/pdf\r\n\r\n")
            .appendBytes(pdf)
            .appendString("\n% " + border + "\r\n--" + border + "--\r\n");
    return HttpRequest.newBuilder(service.resolve("/api/upload-pdfs"))
        .header("Content-Type", "multipart/form-data; boundary=" + border)
        .header("X-User-Id", owner)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes()))
        .build();
  }

  int pdfBytes() {
    return pdf.length;
  }
}
