package courses.sources;

import static courses.sources.TestPdfs.heading;
import static courses.sources.TestPdfs.line;
import static courses.sources.TestPdfs.paragraph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.CourseSourceSettings;

/** Documents good and bad, read by the real process. */
class DocumentReaderTest {
  private static final CourseSourceSettings.Reading SETTINGS =
      new CourseSourceSettings.Reading(2_000, Duration.ofSeconds(8), Duration.ofMillis(20), 2, 192);

  private static Vertx vertx;
  private static DocumentReader reader;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    reader = new DocumentReader(vertx, SETTINGS);
  }

  @AfterAll
  static void stop() throws Exception {
    reader.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static DocumentMain.Document read(Path file, DocumentKind kind) throws Exception {
    return reader
        .read(file, kind, System.nanoTime() + TimeUnit.SECONDS.toNanos(100))
        .await(110, TimeUnit.SECONDS);
  }

  private static void refused(Path file, SourceRefused.Code code) {
    long begun = System.nanoTime();
    assertThatThrownBy(() -> read(file, DocumentKind.PDF))
        .isInstanceOfSatisfying(
            SourceRefused.class,
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.getMessage()).hasSizeGreaterThan(20);
            });
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aTitleIsKeptThatRunsAlongInSmallType() throws Exception {
    List<List<TestPdfs.Line>> pages = new ArrayList<>();
    pages.add(List.of(new TestPdfs.Line("Compost at Home", 28, 200), line("For beginners")));
    for (int page = 2; page <= 5; page++) {
      pages.add(
          List.of(
              line("Compost at Home"),
              heading("Why it pays, part " + "ABCDE".charAt(page - 1)),
              paragraph("Heap number " + page + " is warm, and its worms are"),
              line("hungry in the evening.")));
    }
    DocumentMain.Document document =
        read(TestPdfs.write(folder.resolve("title.pdf"), pages), DocumentKind.PDF);

    assertThat(document.blocks())
        .filteredOn(block -> block.text().contains("Compost at Home"))
        .extracting(Block::level)
        .containsExactly(1);
  }

  @Test
  void keepsHeadingsAndPagesAndDropsWhatRunsAlong() throws Exception {
    List<List<TestPdfs.Line>> pages = new ArrayList<>();
    for (int page = 1; page <= 5; page++) {
      pages.add(
          List.of(
              line("Soil mechanics, second edition"),
              heading("Chapter " + "ABCDE".charAt(page - 1) + ": about topic " + page),
              paragraph("Grain number " + page + " is of a kind that engi-"),
              line("neers call well-graded, and a well-"),
              line("graded soil is strong."),
              paragraph("It has a second paragraph that goes on and"),
              line("Page " + page + " of 5")));
    }
    DocumentMain.Document document =
        read(TestPdfs.write(folder.resolve("a.pdf"), pages), DocumentKind.PDF);
    assertThat(document.pages()).isEqualTo(5);
    assertThat(document.blocks())
        .filteredOn(block -> block.level() == 1)
        .extracting(Block::text)
        .hasSize(5)
        .first()
        .isEqualTo("Chapter A: about topic 1");
    String text = document.blocks().stream().map(Block::text).reduce("", (a, b) -> a + "\n" + b);
    assertThat(text)
        .doesNotContain("second edition", "Page 1", "of 5")
        .contains("kind that engineers call well-graded, and a well-graded soil is strong.");
    List<Segment> segments = Segmenter.segments(document.blocks());
    assertThat(segments.get(2).text()).startsWith("# Chapter C: about topic 3\n\nGrain number 3");
    assertThat(segments.get(2).pageFrom()).contains(3);
    assertThat(segments.get(2).pageTo()).contains(3);
  }

  @Test
  void joinsAParagraphThatGoesOnOverleaf() throws Exception {
    DocumentMain.Document document =
        read(
            TestPdfs.write(
                folder.resolve("over.pdf"),
                List.of(
                    List.of(paragraph("The first page ends in the middle of a sentence that")),
                    List.of(line("is finished on the second page, as books do.")))),
            DocumentKind.PDF);
    assertThat(document.blocks()).hasSize(1);
    assertThat(document.blocks().get(0).text()).contains("sentence that is finished");
    assertThat(document.blocks().get(0).page()).isEqualTo(1);
    assertThat(document.blocks().get(0).pageTo()).isEqualTo(2);
  }

  @Test
  void refusesAScan() {
    refused(TestPdfs.scan(folder.resolve("scan.pdf"), 3), SourceRefused.Code.NO_TEXT);
  }

  @Test
  void refusesAPassword() {
    refused(
        TestPdfs.write(
            folder.resolve("locked.pdf"), List.of(List.of(line("secret words"))), "test-key-1"),
        SourceRefused.Code.ENCRYPTED);
  }

  @Test
  void refusesWhatIsCutShortOrNoPdf() throws Exception {
    Path whole = TestPdfs.write(folder.resolve("whole.pdf"), List.of(List.of(line("some words"))));
    byte[] bytes = Files.readAllBytes(whole);
    refused(
        Files.write(folder.resolve("half.pdf"), java.util.Arrays.copyOf(bytes, bytes.length / 3)),
        SourceRefused.Code.BROKEN);
    refused(
        Files.writeString(folder.resolve("text.pdf"), "This is a text and no PDF. ".repeat(50)),
        SourceRefused.Code.BROKEN);
    refused(
        Files.writeString(folder.resolve("empty.pdf"), "%PDF-1.7\n"), SourceRefused.Code.BROKEN);
  }

  @Test
  void refusesTooManyPages() throws Exception {
    refused(manyPages(2_001, "/Count 2001"), SourceRefused.Code.TOO_LARGE);
  }

  /** Pages that share one content stream: large in number, small in bytes. */
  private Path manyPages(int count, String declared) throws IOException {
    StringBuilder kids = new StringBuilder();
    for (int i = 0; i < count; i++) {
      kids.append(5 + i).append(" 0 R ");
    }
    List<String> objects = new ArrayList<>();
    objects.add("<< /Type /Catalog /Pages 2 0 R >>");
    objects.add("<< /Type /Pages /Kids [" + kids + "] " + declared + " >>");
    String words =
        "BT /F1 12 Tf 60 700 Td (" + "Words of a page that is read. ".repeat(3) + ") Tj ET";
    objects.add("<< /Length " + words.length() + " >>\nstream\n" + words + "\nendstream");
    objects.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    for (int i = 0; i < count; i++) {
      objects.add(
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R /Resources << /Font"
              + " << /F1 4 0 R >> >> >>");
    }
    return Files.write(folder.resolve("pages-" + count + ".pdf"), pdf(objects, null));
  }

  private static byte[] pdf(List<String> objects, byte[] stream) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Integer> places = new ArrayList<>();
    out.write("%PDF-1.4\n".getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < objects.size(); i++) {
      places.add(out.size());
      out.write(((i + 1) + " 0 obj\n" + objects.get(i)).getBytes(StandardCharsets.ISO_8859_1));
      if (stream != null && objects.get(i).contains("/FlateDecode")) {
        out.write("\nstream\n".getBytes(StandardCharsets.ISO_8859_1));
        out.write(stream);
        out.write("\nendstream".getBytes(StandardCharsets.ISO_8859_1));
      }
      out.write("\nendobj\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    int table = out.size();
    StringBuilder end =
        new StringBuilder("xref\n0 " + (places.size() + 1) + "\n0000000000 65535 f \n");
    places.forEach(place -> end.append(String.format("%010d 00000 n \n", place)));
    end.append(
        "trailer << /Size "
            + (places.size() + 1)
            + " /Root 1 0 R >>\nstartxref\n"
            + table
            + "\n%%EOF");
    out.write(end.toString().getBytes(StandardCharsets.ISO_8859_1));
    return out.toByteArray();
  }

  @Test
  void readsTwoThousandPages() throws Exception {
    DocumentMain.Document document = read(manyPages(2_000, "/Count 2000"), DocumentKind.PDF);
    assertThat(document.pages()).isEqualTo(2_000);
  }

  @Test
  void survivesAPageTreeThatIsDeepOrBitesItsTail() throws Exception {
    List<String> deep = new ArrayList<>(List.of("<< /Type /Catalog /Pages 2 0 R >>"));
    for (int i = 2; i < 30_000; i++) {
      deep.add("<< /Type /Pages /Kids [" + (i + 1) + " 0 R] /Count 1 >>");
    }
    deep.add("<< /Type /Page /MediaBox [0 0 600 800] >>");
    Path nested = Files.write(folder.resolve("deep.pdf"), pdf(deep, null));
    assertThatThrownBy(() -> read(nested, DocumentKind.PDF)).isInstanceOf(SourceRefused.class);

    Path circle =
        Files.write(
            folder.resolve("circle.pdf"),
            pdf(
                List.of(
                    "<< /Type /Catalog /Pages 2 0 R >>",
                    "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
                null));
    assertThatThrownBy(() -> read(circle, DocumentKind.PDF)).isInstanceOf(SourceRefused.class);
  }

  /** Packed once: that alone takes seconds of a processor. */
  private static byte[] packed;

  private static synchronized byte[] packedBomb() throws IOException {
    if (packed == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
        byte[] piece =
            "BT /F1 12 Tf (x) Tj ET q Q ".repeat(4_000).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 8_000; i++) {
          deflate.write(piece); // 860 MB of operators
        }
      }
      packed = out.toByteArray();
    }
    return packed;
  }

  private Path bomb() throws Exception {
    byte[] packed = packedBomb();
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            "<< /Filter /FlateDecode /Length " + packed.length + " >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R /Resources <<"
                + " /Font << /F1 4 0 R >> >> >>");
    return Files.write(folder.resolve("bomb.pdf"), pdf(objects, packed));
  }

  @Test
  void refusesABombAndGoesOn() throws Exception {
    Path bomb = bomb();
    assertThatThrownBy(() -> read(bomb, DocumentKind.PDF))
        .isInstanceOfSatisfying(
            SourceRefused.class,
            error ->
                assertThat(error.code())
                    .isIn(
                        SourceRefused.Code.TOO_COSTLY,
                        SourceRefused.Code.TOO_LARGE,
                        SourceRefused.Code.BROKEN));
    keepsHeadingsAndPagesAndDropsWhatRunsAlong();
  }

  /** What a document may take is counted in the processor's time where the machine is busy. */
  @Test
  void aBombIsTheDocumentsFaultHoweverBusyTheMachineIs() throws Exception {
    DocumentReader hasty =
        new DocumentReader(
            vertx,
            new CourseSourceSettings.Reading(
                2_000, Duration.ofSeconds(1), Duration.ofMillis(1), 1, 192));
    Path bomb = bomb();
    List<Thread> busy = new ArrayList<>();
    for (int i = 0; i < 3 * Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread =
          new Thread(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  Thread.onSpinWait();
                }
              });
      thread.setDaemon(true);
      thread.start();
      busy.add(thread);
    }
    try {
      assertThatThrownBy(
              () ->
                  hasty
                      .read(
                          bomb, DocumentKind.PDF, System.nanoTime() + TimeUnit.SECONDS.toNanos(60))
                      .await(70, TimeUnit.SECONDS))
          .isInstanceOf(SourceRefused.class);
    } finally {
      busy.forEach(Thread::interrupt);
      hasty.close().await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void readsPlainTextAndWord() throws Exception {
    Path text =
        Files.write(
            folder.resolve("a.txt"),
            "Rivers of Europe\n\nThe Danube – longest in the EU – flows east. It passes ten countries.\n"
                .getBytes(java.nio.charset.Charset.forName("windows-1252")));
    DocumentMain.Document plain = read(text, DocumentKind.TEXT);
    assertThat(plain.blocks()).hasSize(2);
    assertThat(plain.blocks().get(0).level()).isEqualTo(2);
    assertThat(plain.blocks().get(1).text()).contains("Danube – longest");

    Path docx = folder.resolve("a.docx");
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(docx))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("word/document.xml"));
      zip.write(
          """
          <?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body>
          <w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Tides</w:t></w:r></w:p>
          <w:p><w:r><w:t xml:space="preserve">The moon </w:t></w:r><w:r><w:t>pulls the sea.</w:t></w:r></w:p>
          </w:body></w:document>\
          """
              .getBytes(StandardCharsets.UTF_8));
    }
    DocumentMain.Document word = read(docx, DocumentKind.DOCX);
    assertThat(word.blocks())
        .containsExactly(Block.heading("Tides", 2), Block.paragraph("The moon pulls the sea."));
  }

  @Test
  void expandsNoEntitiesOfAWordDocument() throws Exception {
    Path docx = folder.resolve("laughs.docx");
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(docx))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("word/document.xml"));
      zip.write(
          """
          <?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>
          <w:document xmlns:w="urn:w"><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>\
          """
              .getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> read(docx, DocumentKind.DOCX)).isInstanceOf(SourceRefused.class);
  }
}
