package exercises.language;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * {@link String#matches} and its like for expressions that stand in the program, each compiled
 * once: compiling takes many times as long as looking at a word. They can so be written where they
 * are read. Whatever is compiled stays: an expression made from somebody's text doesn't belong
 * here.
 */
public final class Expressions {
  /** Without any sign that means something. */
  private static final Pattern WORDS = Pattern.compile("[\\p{L}' -]+(?:\\|[\\p{L}' -]+)*");

  /**
   * @param words what a plain list of words accepts, otherwise null
   */
  private record Compiled(Pattern pattern, Set<String> words) {
    static Compiled of(String expression) {
      return new Compiled(
          Pattern.compile(expression),
          WORDS.matcher(expression).matches() ? Set.of(distinct(expression)) : null);
    }

    private static String[] distinct(String expression) {
      return Pattern.compile("\\|").splitAsStream(expression).distinct().toArray(String[]::new);
    }
  }

  private static final Map<String, Compiled> COMPILED = new ConcurrentHashMap<>();

  private Expressions() {}

  private static Compiled compiled(String expression) {
    Compiled known = COMPILED.get(expression);
    return known == null ? COMPILED.computeIfAbsent(expression, Compiled::of) : known;
  }

  /** As {@link String#matches}. */
  public static boolean matches(String text, String expression) {
    Compiled compiled = compiled(expression);
    return compiled.words() == null
        ? compiled.pattern().matcher(text).matches()
        : compiled.words().contains(text);
  }

  /** As {@link String#replaceAll}. */
  public static String replaceAll(String text, String expression, String replacement) {
    return compiled(expression).pattern().matcher(text).replaceAll(replacement);
  }

  /** As {@link String#replaceFirst}. */
  public static String replaceFirst(String text, String expression, String replacement) {
    return compiled(expression).pattern().matcher(text).replaceFirst(replacement);
  }

  /** As {@link String#split(String)}. */
  public static String[] split(String text, String expression) {
    return compiled(expression).pattern().split(text);
  }
}
