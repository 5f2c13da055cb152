package exercises.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sentences, words and meanings of English text for those who write courses. Not thread-safe: one a
 * worker thread; made cheaply from the shared models.
 */
public final class EnglishText {
  /**
   * A word, number or mark.
   *
   * @param lemma dictionary form, lower case
   * @param tag universal part of speech, such as {@code NOUN}, {@code PUNCT}
   * @param start offset in the sentence
   * @param end offset after it
   */
  public record Word(String text, String lemma, String tag, int start, int end) {
    /** Whether it names something. */
    public boolean isNoun() {
      return tag.equals("NOUN") || tag.equals("PROPN");
    }

    /** Whether it carries meaning of its own: noun, verb, adjective, adverb or number. */
    public boolean isContent() {
      return isNoun() || tag.equals("VERB") || tag.equals("ADJ") || tag.equals("NUM");
    }
  }

  private final SentenceSplitter splitter;
  private final Morphology morphology;
  private final Tagger tagger;
  private final WordNet wordNet;

  /** Shares the loaded models; each thread needs its own instance. */
  public EnglishText(NlpModels models) {
    splitter = new SentenceSplitter(models);
    morphology = new Morphology(models);
    tagger = new Tagger(models, morphology);
    wordNet = models.wordNet;
  }

  /** The sentences of a text in order, stripped. */
  public List<String> sentences(String text) {
    return text.isBlank() ? List.of() : splitter.split(text).stream().map(String::strip).toList();
  }

  /** The tokens of one sentence. */
  public List<Word> words(String sentence) {
    List<Token> tokens = Token.split(sentence);
    List<String> tags = tagger.tag(tokens);
    List<Word> words = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      words.add(
          new Word(
              token.text(), lemma(token, tags.get(i)), tags.get(i), token.start(), token.end()));
    }
    return words;
  }

  private String lemma(Token token, String tag) {
    PartOfSpeech pos =
        switch (tag) {
          case "NOUN", "PROPN" -> PartOfSpeech.NOUN;
          case "VERB", "AUX" -> PartOfSpeech.VERB;
          case "ADJ" -> PartOfSpeech.ADJECTIVE;
          default -> null;
        };
    String lemma = pos == null ? null : morphology.lemma(token.lower(), pos);
    return lemma == null ? token.lower() : lemma.toLowerCase(Locale.ROOT);
  }

  /** Whether the form is a plural noun and nothing else. */
  public boolean isPlural(String form) {
    String lower = form.toLowerCase(Locale.ROOT);
    return morphology.hasTagStarting(lower, "NNS")
        && !morphology.hasTag(lower, "NN")
        // "box" and others stand there as plurals of themselves
        && (lower.endsWith("s") || !lower.equals(morphology.lemma(lower, PartOfSpeech.NOUN)));
  }

  /** How common a form is, from 0 (unknown) to about 25; by LanguageTool's word list. */
  public int frequency(String form) {
    return morphology.frequency(form.toLowerCase(Locale.ROOT));
  }

  /** What WordNet says of a noun's usual sense, shortened; empty when it has nothing helpful. */
  public Optional<String> definition(String lemma) {
    String found = wordNet.entry(lemma, PartOfSpeech.NOUN).definition();
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** Whether either noun could stand in the other's place, by WordNet. */
  public boolean related(String one, String other) {
    return wordNet.related(one, other, PartOfSpeech.NOUN);
  }

  /** As {@link #related}, and also nouns one of which may be what the other is told to be. */
  public boolean couldPass(String one, String other) {
    return wordNet.couldPass(one, other);
  }
}
