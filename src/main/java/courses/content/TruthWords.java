package courses.content;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How "true" and "false" are said: in the course's language, in English, or as 1 and 0. */
final class TruthWords {
  // Words by language; the target language's and English's are accepted.
  private static final Map<String, List<String>> TRUE_WORDS =
      Map.ofEntries(
          Map.entry("en", List.of("true", "yes", "t", "right", "correct")),
          Map.entry("de", List.of("wahr", "ja", "richtig")),
          Map.entry("fr", List.of("vrai", "oui")),
          Map.entry("es", List.of("verdadero", "sí", "si", "cierto")),
          Map.entry("it", List.of("vero", "sì", "si")),
          Map.entry("pt", List.of("verdadeiro", "sim", "certo")),
          Map.entry("nl", List.of("waar", "ja", "juist")),
          Map.entry("ru", List.of("верно", "да", "правда", "истина")),
          Map.entry("pl", List.of("prawda", "tak")),
          Map.entry("tr", List.of("doğru", "evet")),
          Map.entry("ar", List.of("صحيح", "نعم", "صح")),
          Map.entry("he", List.of("נכון", "כן", "אמת")),
          Map.entry("hi", List.of("सही", "सत्य", "हाँ")),
          Map.entry("zh", List.of("对", "是", "正确", "真")),
          Map.entry("ja", List.of("はい", "正しい", "真")),
          Map.entry("ko", List.of("참", "예", "맞다")),
          Map.entry("sv", List.of("sant", "ja", "rätt")));
  private static final Map<String, List<String>> FALSE_WORDS =
      Map.ofEntries(
          Map.entry("en", List.of("false", "no", "f", "wrong", "incorrect")),
          Map.entry("de", List.of("falsch", "nein", "unwahr")),
          Map.entry("fr", List.of("faux", "non")),
          Map.entry("es", List.of("falso", "no")),
          Map.entry("it", List.of("falso", "no")),
          Map.entry("pt", List.of("falso", "não", "nao", "errado")),
          Map.entry("nl", List.of("onwaar", "nee", "niet waar", "onjuist")),
          Map.entry("ru", List.of("неверно", "нет", "ложь")),
          Map.entry("pl", List.of("fałsz", "nie")),
          Map.entry("tr", List.of("yanlış", "hayır")),
          Map.entry("ar", List.of("خطأ", "لا", "خاطئ")),
          Map.entry("he", List.of("לא נכון", "לא", "שקר")),
          Map.entry("hi", List.of("गलत", "असत्य", "नहीं")),
          Map.entry("zh", List.of("错", "否", "错误", "不对", "假")),
          Map.entry("ja", List.of("いいえ", "間違い", "偽")),
          Map.entry("ko", List.of("거짓", "아니요", "틀리다")),
          Map.entry("sv", List.of("falskt", "nej", "fel")));

  private TruthWords() {}

  /** True or false; empty when the answer is neither. */
  static Optional<Boolean> read(String answer, String language) {
    String given = Grading.normal(answer);
    String base = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    if (given.equals("1") || has(TRUE_WORDS, base, given)) {
      return Optional.of(true);
    }
    return given.equals("0") || has(FALSE_WORDS, base, given)
        ? Optional.of(false)
        : Optional.empty();
  }

  private static boolean has(Map<String, List<String>> words, String language, String given) {
    return words.getOrDefault(language, List.of()).stream()
            .anyMatch(w -> Grading.normal(w).equals(given))
        || words.get("en").contains(given)
            && (language.equals("en") || !TRUE_WORDS.containsKey(language) || given.length() > 1);
  }
}
