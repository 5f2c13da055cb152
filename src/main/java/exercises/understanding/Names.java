package exercises.understanding;

import exercises.language.Morphology;
import exercises.language.Token;
import exercises.language.WordNet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import transcripts.Utterance;

/** The people of one lesson. Names of places, months and languages are not among them. */
public final class Names {
  private static final Set<String> LABELS =
      Set.of(
          "teacher",
          "student",
          "speaker",
          "tutor",
          "pupil",
          "host",
          "guest",
          "user",
          "english",
          "participant",
          "unknown",
          "the",
          "and",
          "mr",
          "mrs",
          "ms",
          "miss",
          "dr",
          "school",
          "online",
          "lesson",
          "class");
  private static final Set<String> TITLES =
      Set.of("mr", "mrs", "ms", "miss", "dr", "uncle", "aunt", "auntie");
  private static final Set<String> AT_A_PLACE = Set.of("in", "from", "to", "at", "near");
  private static final Set<String> AT_HOME =
      Set.of(
          "live", "lives", "lived", "living", "born", "am", "'m", "i'm", "moved", "come", "school",
          "home", "house", "grew", "up");
  private static final Set<String> BEFORE_OWN_PLACE =
      Set.of("live", "lives", "lived", "my", "our", "your");
  private static final Set<String> OWN_PLACE =
      Set.of("school", "city", "town", "home", "house", "flat", "here", "friend", "kindergarten");
  private static final Set<String> STREET =
      Set.of("street", "road", "school", "avenue", "neighbourhood", "neighborhood", "kindergarten");
  private static final Set<String> LANGUAGES = Set.of("english", "hebrew", "arabic", "spanish");
  private static final Set<String> SENTENCE_ENDS = Set.of(".", "!", "?", "_");
  private static final Pattern GOES_ON = Pattern.compile("[\\p{L},]+");
  private static final Pattern SMALL_WORD = Pattern.compile("DT|PDT|PRP.*|WP.*|WRB|CC|MD|IN|EX");
  private final Morphology morphology;
  private final WordNet wordNet;
  private final Set<String> people = new HashSet<>();
  private final Set<String> capitalised = new HashSet<>();
  private final Set<String> places = new HashSet<>();

  Names(Morphology morphology, WordNet wordNet) {
    this.morphology = morphology;
    this.wordNet = wordNet;
  }

  /** Reads the names said in a lesson. */
  public static Names of(List<Utterance> utterances, Morphology morphology, WordNet wordNet) {
    Names names = new Names(morphology, wordNet);
    for (Utterance utterance : utterances) {
      for (String part : Token.words(utterance.speaker())) {
        if (part.length() > 1
            && !LABELS.contains(part)
            && Character.isLetter(part.codePointAt(0))) {
          names.people.add(part);
        }
      }
    }
    utterances.forEach(u -> names.collect(Token.split(u.text())));
    return names;
  }

  private void collect(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (!token.isWord() || !token.isCapitalised() || token.text().length() < 2) {
        continue;
      }
      String before = i == 0 ? "." : tokens.get(i - 1).lower();
      if (isPersonalPlace(tokens, i)) {
        places.add(base(token));
      }
      if (TITLES.contains(before)
          || (before.equals(".") && i > 1 && TITLES.contains(tokens.get(i - 2).lower()))) {
        people.add(base(token));
      } else if (introduced(tokens, i)) {
        people.add(base(token));
      } else if (GOES_ON.matcher(before).matches() && looksLikeName(token)) {
        capitalised.add(base(token));
      }
    }
  }

  /** "My name is Rose", "I'm Mark": the only places where an ordinary word is surely a name. */
  private boolean introduced(List<Token> tokens, int i) {
    String one = i < 1 ? "" : tokens.get(i - 1).lower();
    String two = i < 2 ? "" : tokens.get(i - 2).lower();
    return two.equals("name") && one.equals("is") && !wordNet.isPlaceOrTime(tokens.get(i).text())
        || one.equals("named")
        || one.equals("called") && looksLikeName(tokens.get(i));
  }

  /** "I live in Haifa", "in Nablus we have", "my school in Lod": where somebody is at home. */
  private boolean isPersonalPlace(List<Token> tokens, int i) {
    String one = i < 1 ? "" : tokens.get(i - 1).lower();
    String two = i < 2 ? "" : tokens.get(i - 2).lower();
    String three = i < 3 ? "" : tokens.get(i - 3).lower();
    String next = i + 1 < tokens.size() ? tokens.get(i + 1).lower() : "";
    String after = i + 2 < tokens.size() ? tokens.get(i + 2).lower() : "";
    boolean settled =
        AT_A_PLACE.contains(one)
            && (AT_HOME.contains(two)
                || BEFORE_OWN_PLACE.contains(three) && OWN_PLACE.contains(two));
    boolean ours =
        one.equals("in") && (next.equals("we") || next.equals(",") && after.equals("we"));
    boolean street = STREET.contains(next);
    return (settled || ours || street)
        && isNoSmallWord(tokens.get(i).lower())
        && !LANGUAGES.contains(tokens.get(i).lower());
  }

  /** A cue that breaks after "we went home from" is followed by any word with a capital. */
  private boolean isNoSmallWord(String word) {
    return morphology.readings(word).stream().noneMatch(r -> SMALL_WORD.matcher(r.tag()).matches());
  }

  private boolean looksLikeName(Token token) {
    String text = token.text().replaceFirst("['’]s$", "");
    if (text.contains("'") || text.equals(text.toUpperCase(Locale.ROOT)) && text.length() < 4) {
      return false;
    }
    boolean named = morphology.readings(text).stream().anyMatch(r -> r.tag().startsWith("NNP"));
    boolean ordinary = morphology.isEnglish(text);
    return (named || !ordinary) && !wordNet.isPlaceOrTime(text) && !named(text);
  }

  /** Nationalities and languages: capitalised adjectives. */
  private boolean named(String text) {
    return morphology.readings(text).stream()
        .anyMatch(r -> r.tag().startsWith("JJ") || r.tag().equals("NN"));
  }

  /** True when the token, where it stands, is a person's name. */
  boolean isName(Token token, boolean first) {
    if (!token.isWord()) {
      return false;
    }
    String base = base(token);
    if (people.contains(base)) {
      return token.isCapitalised() || !morphology.isEnglish(base);
    }
    if (!token.isCapitalised()) {
      return false;
    }
    return first
        ? capitalised.contains(base) && looksLikeName(token)
            || !morphology.isEnglish(base) && looksLikeName(token)
        : looksLikeName(token);
  }

  /** True when the word, however written, names a participant. */
  public boolean isParticipant(String word) {
    return people.contains(word.toLowerCase(Locale.ROOT));
  }

  /** How many different people are known by name. */
  int count() {
    Set<String> all = new HashSet<>(people);
    all.addAll(capitalised);
    return all.size();
  }

  /** True when any word of a text is a person's name. */
  public boolean occursIn(String text) {
    List<Token> tokens = Token.split(text);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isCapitalised() && places.contains(base(tokens.get(i)))) {
        return true;
      }
      boolean first = i == 0 || SENTENCE_ENDS.contains(tokens.get(i - 1).text());
      if (isName(tokens.get(i), first)) {
        return true;
      }
    }
    return false;
  }

  private static String base(Token token) {
    String lower = token.lower();
    return lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
  }
}
