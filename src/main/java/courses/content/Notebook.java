package courses.content;

import java.util.List;
import java.util.Optional;

/**
 * What a learner keeps of a course.
 *
 * @param analogy something well known that it is like; absent where nobody thought of one
 * @param studyGuide Markdown: what to be able to say after each chapter
 */
public record Notebook(
    List<KeyTerm> keyConcepts, Optional<String> analogy, MindMap mindMap, String studyGuide)
    implements Content {

  /** A term and what it means. */
  public record KeyTerm(String term, String definition) implements Content {}

  /** The course's subject and what belongs to it. */
  public record MindMap(String root, List<Branch> children) implements Content {}

  /** A chapter's subject and its terms. */
  public record Branch(String title, List<String> children) implements Content {}
}
