package courses.content;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Markdown of strangers as HTML that is safe to show: CommonMark with tables; HTML in it is shown
 * as text; links go to http and https only; images are replaced by their description, since their
 * address would tell a foreign host who reads.
 */
public final class SafeHtml {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.NONE)
          .build();
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(List.of(TablesExtension.create()))
          .escapeHtml(true)
          .sanitizeUrls(true)
          .urlSanitizer(
              new UrlSanitizer() {
                @Override
                public String sanitizeLinkUrl(String url) {
                  return address(url);
                }

                @Override
                public String sanitizeImageUrl(String url) {
                  return "";
                }
              })
          .build();
  private static final TextContentRenderer PLAIN =
      TextContentRenderer.builder().extensions(List.of(TablesExtension.create())).build();

  private SafeHtml() {}

  /** HTML that begins with a tag; empty for blank Markdown. */
  public static String render(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Image image) {
            Text text =
                new Text(
                    PLAIN.render(image).replaceAll("\\s*\\([^)]*\\)\\s*$", "").replace("\"", ""));
            image.insertBefore(text);
            image.unlink();
          }
        });
    String html = RENDERER.render(document).strip();
    return html.isEmpty() || html.startsWith("<") ? html : "<p>" + html + "</p>";
  }

  /** The words without the markup. */
  static String text(String markdown) {
    return PLAIN.render(PARSER.parse(markdown));
  }

  private static String address(String url) {
    try {
      URI uri = URI.create(url.strip());
      boolean good =
          uri.getScheme() != null
              && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
              && uri.getHost() != null;
      return good ? uri.toASCIIString() : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** What Markdown carries beside text: {@code markup}, and the addresses it links to. */
  static Carried carried(String markdown) {
    boolean[] markup = new boolean[1];
    List<String> addresses = new ArrayList<>();
    PARSER
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(HtmlBlock block) {
                markup[0] = true;
              }

              @Override
              public void visit(HtmlInline inline) {
                markup[0] = true;
              }

              @Override
              public void visit(Link link) {
                addresses.add(link.getDestination());
                visitChildren(link);
              }

              @Override
              public void visit(Image image) {
                addresses.add(image.getDestination());
                visitChildren(image);
              }

              @Override
              public void visit(LinkReferenceDefinition definition) {
                addresses.add(definition.getDestination());
              }
            });
    return new Carried(markup[0], addresses);
  }

  record Carried(boolean markup, List<String> addresses) {}
}
