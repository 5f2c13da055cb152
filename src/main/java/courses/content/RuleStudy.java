package courses.content;

import courses.content.Notebook.Branch;
import courses.content.Notebook.KeyTerm;
import courses.content.Notebook.MindMap;
import courses.content.SourceText.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Questions and answers, and a notebook, from what the source itself explains. */
final class RuleStudy {
  private static final int MOST_TERMS = 12;
  private static final int MOST_BRANCHES = 6;

  private final CourseSoFar course;
  private final List<RuleLesson> lessons;

  /**
   * @param read of the lessons' spans, in their order
   */
  RuleStudy(CourseSoFar course, List<RuleLesson> read) {
    this.course = course;
    this.lessons = read;
  }

  private int chapter(int lesson) {
    return course.lessons().get(lesson).plan().chapterIndex();
  }

  private List<Integer> refs(int lesson, Unit unit) {
    return course.lessons().get(lesson).span().isEmpty() ? List.of() : List.of(unit.segment());
  }

  /** Reasons first, which say most; answered in the source's own sentence. */
  Qnas qnas(int count) {
    List<List<Qna>> byLesson = new ArrayList<>();
    for (int at = 0; at < lessons.size(); at++) {
      List<Qna> own = new ArrayList<>();
      for (Reason reason : lessons.get(at).knowledge().reasons()) {
        own.add(qna(at, reason.question(), reason.unit()));
      }
      for (Definition definition : lessons.get(at).knowledge().definitions()) {
        own.add(qna(at, definition.question(), definition.unit()));
      }
      byLesson.add(own);
    }
    List<Qna> pairs = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    int longest = byLesson.stream().mapToInt(List::size).max().orElse(0);
    for (int round = 0; round < longest; round++) {
      for (List<Qna> own : byLesson) {
        if (round < own.size() && pairs.size() < count && asked.add(own.get(round).question())) {
          pairs.add(own.get(round));
        }
      }
    }
    if (pairs.isEmpty()) {
      throw new TooLittleSource("The source explains nothing that rules can ask about.");
    }
    return new Qnas(pairs);
  }

  private Qna qna(int at, String question, Unit answer) {
    return new Qna(chapter(at), question, answer.text(), refs(at, answer));
  }

  Notebook notebook() {
    List<KeyTerm> terms = new ArrayList<>();
    Set<String> known = new HashSet<>();
    StringBuilder guide = new StringBuilder();
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < course.outline().chapters().size(); i++) {
      ChapterPlan chapter = course.outline().chapters().get(i);
      List<String> children = new ArrayList<>();
      List<String> questions = new ArrayList<>();
      for (int at = 0; at < lessons.size(); at++) {
        if (chapter(at) != i) {
          continue;
        }
        for (Definition definition : lessons.get(at).knowledge().definitions()) {
          if (known.add(definition.lemma())) {
            if (terms.size() < MOST_TERMS) {
              terms.add(new KeyTerm(definition.titled(), definition.answer()));
            }
            children.add(definition.titled());
          }
          questions.add(definition.question());
        }
        lessons.get(at).knowledge().reasons().forEach(reason -> questions.add(reason.question()));
      }
      if (children.isEmpty()) {
        chapter.lessons().forEach(lesson -> children.add(lesson.title()));
      }
      branches.add(
          new Branch(chapter.title(), children.stream().distinct().limit(MOST_BRANCHES).toList()));
      guide(guide, chapter, questions);
    }
    if (terms.isEmpty()) {
      throw new TooLittleSource("The source explains no terms that a notebook could keep.");
    }
    return new Notebook(
        terms,
        Optional.empty(),
        new MindMap(course.outline().title(), branches),
        guide.toString().strip());
  }

  private static void guide(StringBuilder guide, ChapterPlan chapter, List<String> questions) {
    guide.append("## ").append(Sentences.escaped(chapter.title())).append("\n\n");
    chapter
        .objectives()
        .forEach(goal -> guide.append("- ").append(Sentences.escaped(goal)).append('\n'));
    questions.stream()
        .distinct()
        .limit(5)
        .forEach(question -> guide.append("- ").append(Sentences.escaped(question)).append('\n'));
    guide.append('\n');
  }
}
