package exercises.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import morfologik.speller.Speller;
import morfologik.stemming.DictionaryLookup;
import morfologik.stemming.IStemmer;
import morfologik.stemming.WordData;

/**
 * English word forms in both directions, spelling and frequency. One per thread; look-ups are
 * cached.
 */
public final class Morphology {
  private static final int CACHED = 20_000;

  /** Past forms that are also rare verbs themselves ("to found a company"). */
  private static final Map<String, String> PAST_OF_ANOTHER =
      Map.of(
          "found", "find", "saw", "see", "felt", "feel", "fell", "fall", "ground", "grind", "wound",
          "wind", "bound", "bind", "left", "leave", "bore", "bear", "spat", "spit");

  private static final Set<String> SUFFIXES = Set.of("n't", "'s", "'re", "'ve", "'ll", "'d", "'m");

  /**
   * One reading of a word form; {@code tag} is a Penn tag, sometimes refined as in {@code NN:U}.
   */
  public record Reading(String lemma, String tag) {
    /** Null for a tag of no word class that is taught. */
    public PartOfSpeech pos() {
      return PartOfSpeech.ofPennTag(tag);
    }
  }

  private final IStemmer analyser;
  private final IStemmer synthesiser;
  private final Speller us;
  private final Speller gb;
  // fields, so that a look-up makes none
  private final Function<String, List<Reading>> analyse = this::analyse;
  private final Function<String, List<String>> synthesise = this::synthesise;
  private final Function<String, Boolean> spelledRight = this::spelledRight;
  private final Function<String, Integer> frequency;
  private final Map<String, List<Reading>> readings = new HashMap<>();
  private final Map<String, List<String>> forms = new HashMap<>();
  private final Map<String, Boolean> known = new HashMap<>();
  private final Map<String, Integer> frequencies = new HashMap<>();

  /** Not thread-safe; shares the loaded models. */
  public Morphology(NlpModels models) {
    analyser = new DictionaryLookup(models.forms);
    synthesiser = new DictionaryLookup(models.synthesis);
    us = new Speller(models.spellingUs);
    gb = new Speller(models.spellingGb);
    frequency = form -> Math.max(us.getFrequency(form), gb.getFrequency(form));
  }

  /** All readings of a form exactly as written; empty for an unknown word. */
  public List<Reading> readings(String form) {
    return cached(readings, form, analyse);
  }

  /** As {@link #readings}, without the rare verbs that look like a common past form ("to saw"). */
  public List<Reading> usualReadings(String form) {
    List<Reading> all = readings(form);
    return PAST_OF_ANOTHER.containsKey(form)
        ? all.stream().filter(r -> !(r.lemma().equals(form) && r.tag().startsWith("VB"))).toList()
        : all;
  }

  private List<Reading> analyse(String form) {
    List<Reading> found = new ArrayList<>();
    for (WordData data : analyser.lookup(form)) {
      CharSequence lemma = data.getStem();
      CharSequence tag = data.getTag();
      if (lemma != null && tag != null) {
        found.add(new Reading(lemma.toString(), tag.toString()));
      }
    }
    return List.copyOf(found);
  }

  /**
   * The forms of a lemma under a Penn tag ({@code go, VBD} gives {@code went}); empty when there is
   * none.
   */
  public List<String> forms(String lemma, String tag) {
    return cached(forms, lemma + "|" + tag, synthesise);
  }

  private List<String> synthesise(String query) {
    Set<String> found = new LinkedHashSet<>();
    for (WordData data : synthesiser.lookup(query)) {
      found.add(data.getStem().toString());
    }
    return List.copyOf(found);
  }

  /** The usual form of a lemma under a tag, or null. Of several spellings the more frequent one. */
  public String form(String lemma, String tag) {
    String best = null;
    for (String form : forms(lemma, tag)) {
      if (best == null || frequency(form) > frequency(best)) {
        best = form;
      }
    }
    return best;
  }

  /** As {@link #form}, in the spelling, American or British, of another form of the text. */
  public String formLike(String lemma, String tag, String other) {
    boolean british = us.isMisspelled(other) && !gb.isMisspelled(other);
    List<String> all = forms(lemma, tag);
    return british
        ? all.stream().filter(f -> !gb.isMisspelled(f)).findFirst().orElse(form(lemma, tag))
        : form(lemma, tag);
  }

  /** True when the form, in lower case, is an English word in American or British spelling. */
  public boolean isEnglish(String form) {
    return cached(known, form.toLowerCase(Locale.ROOT), spelledRight);
  }

  private boolean spelledRight(String form) {
    if (form.length() == 1) {
      return form.equals("a") || form.equals("i");
    }
    if (SUFFIXES.contains(form)) {
      return true;
    }
    return !readings(form).isEmpty() || !us.isMisspelled(form) || !gb.isMisspelled(form);
  }

  /** How common a form is, 0 (unknown or very rare) to about 22 ("the"). */
  public int frequency(String form) {
    return cached(frequencies, form, frequency);
  }

  /** Whether the form has a reading with exactly this Penn tag. */
  public boolean hasTag(String form, String tag) {
    // a loop, like the next: these two are asked of every word again and again
    for (Reading reading : readings(form)) {
      if (reading.tag().equals(tag)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the form has a reading whose Penn tag starts so. */
  public boolean hasTagStarting(String form, String prefix) {
    for (Reading reading : readings(form)) {
      if (reading.tag().startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The lemma of a form read as the given class; the form itself when it has no such reading. */
  public String lemma(String form, PartOfSpeech pos) {
    String lower = form.toLowerCase(Locale.ROOT);
    if (pos == PartOfSpeech.VERB && PAST_OF_ANOTHER.containsKey(lower)) {
      return PAST_OF_ANOTHER.get(lower);
    }
    String best = null;
    for (Reading reading : readings(lower)) {
      if (reading.pos() == pos) {
        if (reading.lemma().equals(lower)) {
          return lower;
        }
        if (best == null || frequency(reading.lemma()) > frequency(best)) {
          best = reading.lemma();
        }
      }
    }
    return best == null ? lower : best;
  }

  /** Every lemma a form can come from, itself included. */
  public Set<String> lemmas(String form) {
    String lower = form.toLowerCase(Locale.ROOT);
    Set<String> all = new LinkedHashSet<>();
    all.add(lower);
    for (Reading reading : readings(lower)) {
      all.add(reading.lemma().toLowerCase(Locale.ROOT));
    }
    return all;
  }

  /** Whether two forms can be forms of one word. */
  public boolean shareLemma(String one, String other) {
    Set<String> lemmas = lemmas(one);
    return lemmas(other).stream().anyMatch(lemmas::contains);
  }

  private static <V> V cached(Map<String, V> cache, String key, Function<String, V> look) {
    V value = cache.get(key);
    if (value == null) {
      value = look.apply(key);
      if (cache.size() >= CACHED) {
        cache.clear();
      }
      cache.put(key, value);
    }
    return value;
  }
}
