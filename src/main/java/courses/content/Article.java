package courses.content;

import java.util.List;

/**
 * An article.
 *
 * @param contentMarkdown of a deep dive; empty otherwise
 * @param points of the key takeaways, 5 to 7; empty otherwise
 * @param faq 8 to 10; empty otherwise
 */
public record Article(
    ArticleKind kind,
    String title,
    String contentMarkdown,
    List<String> points,
    List<QuestionAnswer> faq,
    List<Integer> sourceRefs)
    implements Content {}
