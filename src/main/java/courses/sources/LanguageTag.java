package courses.sources;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;

/** BCP 47 language tags as people and services write them. */
public final class LanguageTag {
  private static final int LONGEST = 35;

  private LanguageTag() {}

  /** The tag in its usual form, such as {@code es-419}; empty when it is none. */
  public static Optional<String> of(String text) {
    String trimmed = text == null ? "" : text.strip().replace('_', '-');
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(trimmed).build();
      return locale.getLanguage().isEmpty()
          ? Optional.empty()
          : Optional.of(locale.toLanguageTag()).filter(tag -> !tag.equals(Extracted.UNDETERMINED));
    } catch (IllformedLocaleException unknown) {
      return Optional.empty();
    }
  }

  /** The language of a tag without region and script: {@code es} of {@code es-419}. */
  public static String primary(String tag) {
    int end = tag.indexOf('-');
    return (end < 0 ? tag : tag.substring(0, end)).toLowerCase(Locale.ROOT);
  }
}
