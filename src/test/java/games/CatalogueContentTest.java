package games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The starter catalogue's files, and that the rules they are checked by do find what is wrong. */
class CatalogueContentTest {
  private static final List<CatalogueTopic> TOPICS = CatalogueFiles.read().topics();

  private static List<CatalogueTopic> of(GameType game) {
    return TOPICS.stream().filter(topic -> topic.game() == game).toList();
  }

  private static List<CatalogueItem> items(GameType game) {
    return of(game).stream()
        .flatMap(topic -> topic.lessons().stream())
        .flatMap(lesson -> lesson.items().stream())
        .toList();
  }

  @Test
  void thereIsEnoughToPlay() {
    assertThat(of(GameType.ADVANCED_CLOZE)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(of(GameType.GRAMMAR_CHALLENGE)).hasSizeGreaterThanOrEqualTo(10);
    assertThat(of(GameType.SENTENCE_BUILDER)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(items(GameType.ADVANCED_CLOZE)).hasSizeGreaterThanOrEqualTo(60);
    assertThat(items(GameType.GRAMMAR_CHALLENGE)).hasSizeGreaterThanOrEqualTo(120);
    assertThat(items(GameType.SENTENCE_BUILDER)).hasSizeGreaterThanOrEqualTo(60);
    assertThat(TOPICS).allSatisfy(topic -> assertThat(topic.lessons()).hasSizeBetween(2, 3));
    for (GameType game :
        List.of(GameType.ADVANCED_CLOZE, GameType.GRAMMAR_CHALLENGE, GameType.SENTENCE_BUILDER)) {
      assertThat(
              items(game).stream()
                  .map(item -> item.json().getString("difficulty"))
                  .collect(Collectors.toSet()))
          .isEqualTo(Set.of("easy", "medium", "hard"));
    }
  }

  @Test
  void theRightAnswerIsNotAlwaysInTheSamePlace() {
    var positions =
        items(GameType.GRAMMAR_CHALLENGE).stream()
            .collect(
                Collectors.groupingBy(
                    item -> ((GrammarQuestion) item).correctIndex(), Collectors.counting()));
    assertThat(positions.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(positions.values()).allSatisfy(count -> assertThat(count).isLessThan(64));
  }

  @Test
  void explanationsAndHintsAreNotRepeated() {
    assertThat(items(GameType.GRAMMAR_CHALLENGE).stream().map(CatalogueItem::explanation))
        .doesNotHaveDuplicates();
    assertThat(items(GameType.ADVANCED_CLOZE).stream().map(CatalogueItem::explanation))
        .doesNotHaveDuplicates();
  }

  @Test
  void wordsThatYamlTakesForSomethingElseStayWords() {
    CatalogueItem item =
        items(GameType.GRAMMAR_CHALLENGE).stream()
            .filter(i -> i.id().equals("gram-prepositions-3"))
            .findFirst()
            .orElseThrow();
    assertThat(((GrammarQuestion) item).answer()).isEqualTo("on");
  }

  private static final String GRAMMAR =
      """
      id: gram-x
      name: X
      icon: x
      description: X.
      lessons:
        - {id: gram-x-a, title: A, difficulty: easy, questions: [%s]}
        - {id: gram-x-b, title: B, difficulty: easy, questions: [{id: gram-x-2, prompt: I ____ a dog., options: [a, b, c, have], answer: have, hint: A hint., explanation: E.}]}
      """;

  private static List<String> problems(String question) {
    return CatalogueValidator.problems(
        List.of(CatalogueFile.parse("grammar/x.yaml", GRAMMAR.formatted(question))));
  }

  private static String question(String prompt, String options, String answer, String hint) {
    return "{id: gram-x-1, prompt: "
        + prompt
        + ", options: ["
        + options
        + "], answer: "
        + answer
        + ", hint: "
        + hint
        + ", explanation: E.}";
  }

  @Test
  void theRulesFindBrokenQuestions() {
    assertThat(problems(question("I ____ a cat.", "has, have, had, do", "have", "Help.")))
        .isEmpty();
    assertThat(problems(question("I ____ a cat.", "has, Have, have, do", "have", "Help.")))
        .anyMatch(p -> p.contains("option twice"));
    assertThat(problems(question("I ____ a cat.", "has, have, do", "have", "Help.")))
        .anyMatch(p -> p.contains("four options"));
    assertThat(problems(question("I have a cat.", "has, have, had, do", "have", "Help.")))
        .anyMatch(p -> p.contains("one gap"));
    assertThat(problems(question("I ____ a cat.", "has, have, had, do", "have", "It is have.")))
        .anyMatch(p -> p.contains("says the answer"));
    assertThat(problems(question("I ____ a cat", "has, have, had, do", "have", "Help.")))
        .anyMatch(p -> p.contains("one mark"));
    assertThat(problems(question("I ____ a cat.", "has, have, had, do", "have", "help")))
        .anyMatch(p -> p.contains("no sentence"));
    assertThatThrownBy(
            () -> problems(question("I ____ a cat.", "has, have, had, do", "is", "Help.")))
        .hasMessageContaining("gram-x-1 has an answer that is none of its options");
    assertThatThrownBy(() -> problems("{id: gram-x-1, prompt: I ____.}"))
        .hasMessageContaining("gram-x-1 lacks");
    assertThatThrownBy(
            () ->
                problems(
                    question("I ____ a cat.", "has, have, had, do", "have", "Help.")
                        .replace("hint", "hnit")))
        .hasMessageContaining("grammar/x.yaml: gram-x-1 lacks hint");
  }

  private static final String SENTENCE =
      """
      id: sb-x
      name: X
      icon: x
      description: X.
      lessons:
        - id: sb-x-a
          title: A
          difficulty: easy
          items: [{id: sb-x-1, english: %s, translation: %s, distractors: [%s], hint: Help., also: [%s]}]
        - id: sb-x-a
          title: A
          difficulty: nasty
          items: [{id: sb-x-2, english: We eat at home., translation: א, distractors: [], hint: Help.}]
      """;

  private static List<String> sentence(
      String english, String translation, String distractors, String also) {
    return CatalogueValidator.problems(
        List.of(
            CatalogueFile.parse(
                "sentence/x.yaml", SENTENCE.formatted(english, translation, distractors, also))));
  }

  @Test
  void theRulesFindBrokenSentences() {
    List<String> always =
        sentence("We sleep at home now.", "אנחנו", "him", "We now sleep at home.");
    assertThat(always)
        .containsExactlyInAnyOrder(
            "sb-x-a is used twice",
            "sb-x-a has an unknown difficulty",
            "sb-x-2 has an unknown difficulty");
    assertThat(sentence("We sleep at home now.", "here", "him", "We now sleep at home."))
        .anyMatch(p -> p.contains("no Hebrew"));
    assertThat(sentence("We sleep at home now.", "אנחנו", "we", "We now sleep at home."))
        .anyMatch(p -> p.contains("distractor that belongs"));
    assertThat(sentence("We sleep at home now.", "אנחנו", "him", "We now slept at home."))
        .anyMatch(p -> p.contains("other words"));
    assertThat(sentence("We sleep.", "אנחנו", "him", "We sleep."))
        .anyMatch(p -> p.contains("2 words"))
        .anyMatch(p -> p.contains("twice"));
  }

  @Test
  void tokensJoinToTheirSentence() {
    assertThat(SentenceTokens.of("I'd rather stay, wouldn't you?"))
        .containsExactly("I'd", "rather", "stay", ",", "wouldn't", "you", "?");
    assertThat(SentenceTokens.join(List.of("I'd", "rather", "stay", ",", "wouldn't", "you", "?")))
        .isEqualTo("I'd rather stay, wouldn't you?");
  }
}
