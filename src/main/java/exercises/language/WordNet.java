package exercises.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.PointerUtils;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.data.list.PointerTargetNode;
import net.sf.extjwnl.dictionary.Dictionary;

/** What WordNet knows about a lemma, cached; safe from any thread. */
public final class WordNet {
  private static final int CACHED = 4_000;
  private static final int SENSES = 4;

  /** Kinds of one thing; with more of them the thing is too general to make them alike. */
  private static final int SMALL_FAMILY = 16;

  /** Steps up to what a thing is; beyond them everything is an object. */
  private static final int KIN_STEPS = 3;

  /**
   * A lemma in one word class.
   *
   * @param definition the sense used most, shortened; empty when there is none that helps a learner
   * @param dominant true when the word has no other sense
   * @param fields lexicographer fields of its usual senses, such as {@code noun.food}
   * @param related the words that could stand in its place: synonyms, hypernyms, hyponyms, similar
   *     words, and nouns of the same small family
   * @param kin nouns one of which may be what the other is told to be: those above it, up to three
   *     steps, and those its definition speaks of ("a ladle is a spoon-shaped vessel")
   */
  public record Meaning(
      String definition,
      boolean dominant,
      Set<String> fields,
      Set<String> related,
      Set<String> kin) {
    static final Meaning NONE = new Meaning("", false, Set.of(), Set.of(), Set.of());
  }

  private final Dictionary dictionary;
  private final Map<String, Meaning> entries =
      Collections.synchronizedMap(
          new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Meaning> eldest) {
              return size() > CACHED;
            }
          });

  WordNet(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** What the dictionary says of a word as this part of speech; an empty meaning if nothing. */
  public Meaning entry(String lemma, PartOfSpeech pos) {
    String key = pos.ordinal() + lemma;
    Meaning known = entries.get(key);
    if (known == null) {
      known = look(lemma, pos);
      entries.put(key, known);
    }
    return known;
  }

  /** True when either word is listed as able to stand in the other's place. */
  public boolean related(String one, String other, PartOfSpeech pos) {
    return one.equals(other)
        || entry(one, pos).related().contains(other)
        || entry(other, pos).related().contains(one);
  }

  /**
   * Whether one noun could pass for the other in a gap: {@link #related}, or kin. Wider than what
   * is listed as a synonym, so only for wrong options, of which there are many to choose from.
   */
  public boolean couldPass(String one, String other) {
    return related(one, other, PartOfSpeech.NOUN)
        || entry(one, PartOfSpeech.NOUN).kin().contains(other)
        || entry(other, PartOfSpeech.NOUN).kin().contains(one);
  }

  /** True for the name of a town, country, language, day or month: a name that is nobody's. */
  public boolean isPlaceOrTime(String name) {
    String key = "name " + name;
    Meaning known = entries.get(key);
    if (known == null) {
      known = lookName(name);
      entries.put(key, known);
    }
    return !known.fields().isEmpty();
  }

  private synchronized Meaning lookName(String name) {
    try {
      IndexWord word = dictionary.getIndexWord(POS.NOUN, name.toLowerCase(Locale.ROOT));
      if (word == null || word.getSenses().isEmpty()) {
        return Meaning.NONE;
      }
      Synset first = word.getSenses().get(0);
      boolean written = first.getWords().stream().anyMatch(w -> w.getLemma().equals(name));
      boolean impersonal =
          Set.of("noun.location", "noun.time", "noun.communication")
              .contains(first.getLexFileName());
      return written && impersonal
          ? new Meaning("", false, Set.of(first.getLexFileName()), Set.of(), Set.of())
          : Meaning.NONE;
    } catch (JWNLException e) {
      throw new IllegalStateException("WordNet can't be read for the name " + name, e);
    }
  }

  private synchronized Meaning look(String lemma, PartOfSpeech pos) {
    try {
      IndexWord word = dictionary.getIndexWord(posOf(pos), lemma);
      if (word == null) {
        return Meaning.NONE;
      }
      List<Synset> senses = usual(word, lemma);
      Set<String> fields = new HashSet<>();
      Set<String> related = new HashSet<>();
      for (Synset sense : senses) {
        fields.add(sense.getLexFileName());
      }
      for (Synset sense : word.getSenses()) {
        addWords(related, sense);
        addAll(related, PointerUtils.getDirectHypernyms(sense));
        addAll(related, PointerUtils.getDirectHyponyms(sense));
        if (pos == PartOfSpeech.ADJECTIVE || pos == PartOfSpeech.ADVERB) {
          addAll(related, PointerUtils.getSynonyms(sense));
        }
      }
      if (pos == PartOfSpeech.NOUN) {
        for (Synset sense : senses) {
          neighbours(related, sense);
        }
      }
      Set<String> kin = new HashSet<>();
      if (pos == PartOfSpeech.NOUN) {
        for (Synset sense : senses) {
          above(kin, sense, KIN_STEPS);
          told(kin, sense.getGloss());
        }
      }
      related.remove(lemma);
      String definition = senses.isEmpty() ? "" : shorten(senses.get(0).getGloss(), lemma);
      boolean dominant = word.getSenses().size() == 1;
      return new Meaning(definition, dominant, fields, related, kin);
    } catch (JWNLException e) {
      throw new IllegalStateException("WordNet can't be read for " + lemma, e);
    }
  }

  /**
   * Nouns of the same small family ("hat" and "helmet" are both headdress), and a thing's parts and
   * wholes ("tyre" and "wheel"): in many sentences one does as well as the other.
   */
  private static void neighbours(Set<String> related, Synset sense) throws JWNLException {
    addAll(related, PointerUtils.getHolonyms(sense));
    addAll(related, PointerUtils.getMeronyms(sense));
    for (PointerTargetNode above : PointerUtils.getDirectHypernyms(sense)) {
      List<PointerTargetNode> family = PointerUtils.getDirectHyponyms(above.getSynset());
      if (family.size() <= SMALL_FAMILY) {
        addAll(related, family);
      }
    }
  }

  private static void above(Set<String> kin, Synset sense, int steps) throws JWNLException {
    if (steps > 0) {
      for (PointerTargetNode node : PointerUtils.getDirectHypernyms(sense)) {
        addWords(kin, node.getSynset());
        above(kin, node.getSynset(), steps - 1);
      }
    }
  }

  /** The words of a definition before its first example. */
  private static void told(Set<String> kin, String gloss) {
    for (String word : gloss.split(";", 2)[0].toLowerCase(Locale.ROOT).split("[^a-z]+")) {
      if (word.length() > 3) {
        kin.add(word);
      }
    }
  }

  /** Senses in order of use; those far rarer than the first are not what a lesson means. */
  private static List<Synset> usual(IndexWord word, String lemma) {
    List<Synset> senses = new ArrayList<>(word.getSenses());
    senses.sort((a, b) -> uses(b, lemma) - uses(a, lemma));
    int most = senses.isEmpty() ? 0 : uses(senses.get(0), lemma);
    List<Synset> usual = new ArrayList<>();
    for (Synset sense : senses) {
      if (usual.size() < SENSES && (usual.isEmpty() || uses(sense, lemma) * 4 >= most)) {
        usual.add(sense);
      }
    }
    return usual;
  }

  private static int uses(Synset sense, String lemma) {
    for (Word word : sense.getWords()) {
      if (word.getLemma().equalsIgnoreCase(lemma)) {
        return word.getUseCount();
      }
    }
    return 0;
  }

  private static String shorten(String gloss, String lemma) {
    String text =
        gloss.split(";", 2)[0].replaceAll("\\([^)]*\\)", " ").replaceAll("\\s+", " ").strip();
    boolean circular = text.toLowerCase(Locale.ROOT).matches(".*\\b" + Pattern.quote(lemma) + ".*");
    return text.length() > 120 || text.length() < 3 || text.contains("\"") || circular ? "" : text;
  }

  private static void addAll(Set<String> words, Iterable<PointerTargetNode> nodes) {
    for (PointerTargetNode node : nodes) {
      addWords(words, node.getSynset());
    }
  }

  private static void addWords(Set<String> words, Synset sense) {
    for (Word word : sense.getWords()) {
      words.add(word.getLemma().toLowerCase(Locale.ROOT));
    }
  }

  private static POS posOf(PartOfSpeech pos) {
    return switch (pos) {
      case NOUN -> POS.NOUN;
      case VERB -> POS.VERB;
      case ADJECTIVE -> POS.ADJECTIVE;
      case ADVERB -> POS.ADVERB;
    };
  }
}
