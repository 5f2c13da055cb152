package exercises.model;

import exercises.language.Token;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What makes a reply worth asking for again although the schema allows it: mostly the wrong
 * language, or mostly about something else than the data. Single bad notes are dropped later and
 * cost nothing.
 */
final class ReplyChecks {
  private final LessonTools tools;
  private final String language;

  ReplyChecks(LessonTools tools, String language) {
    this.tools = tools;
    this.language = language;
  }

  List<String> notes(JsonObject reply, TranscriptChunks.Chunk chunk) {
    List<String> sources = new ArrayList<>();
    List<String> translations = new ArrayList<>();
    int lines = 0;
    int known = 0;
    for (String member : List.of("words", "mistakes", "sentences")) {
      for (JsonObject note : NoteReader.objects(reply, member)) {
        lines++;
        known += chunk.turns().contains(note.getInteger("line", -1)) ? 1 : 0;
        if (member.equals("words")) {
          sources.add(note.getString("word"));
          translations.add(note.getString("translation"));
        }
      }
    }
    List<String> problems = wrongLanguage(translations, sources);
    if (lines >= 4 && known * 2 < lines) {
      problems.add(
          "most \"line\" numbers are not those of the lines given; use the number at the start of"
              + " a line");
    }
    return problems;
  }

  List<String> words(JsonObject reply, LessonNotes notes) {
    List<String> sources = new ArrayList<>();
    List<String> translations = new ArrayList<>();
    for (JsonObject note : NoteReader.objects(reply, "words")) {
      int number = note.getInteger("w", 0);
      if (number >= 1 && number <= notes.words().size()) {
        sources.add(notes.words().get(number - 1).lemma());
        translations.add(note.getString("translation"));
      }
    }
    List<String> problems = wrongLanguage(translations, sources);
    if (sources.size() * 3 < notes.words().size()) {
      problems.add(
          "only "
              + sources.size()
              + " of "
              + notes.words().size()
              + " words are there; write an entry for each number w of the data");
    }
    return problems;
  }

  List<String> gaps(JsonObject reply, LessonNotes notes) {
    List<JsonObject> gaps = NoteReader.objects(reply, "gaps");
    Set<String> broken = new HashSet<>();
    int sound = 0;
    for (JsonObject gap : gaps) {
      String answer = gap.getString("answer", "");
      if (hasWord(notes, gap.getInteger("s", 0), answer)) {
        sound++;
      } else if (broken.size() < 3) {
        broken.add("s " + gap.getInteger("s", 0) + " \"" + bounded(answer) + "\"");
      }
    }
    return gaps.size() >= 3 && sound * 2 < gaps.size()
        ? List.of(
            "most answers do not stand in their sentence as one word: "
                + String.join(", ", broken.stream().sorted().toList()))
        : List.of();
  }

  List<String> sentences(JsonObject reply, LessonNotes notes) {
    List<String> sources = new ArrayList<>();
    List<String> translations = new ArrayList<>();
    for (JsonObject note : NoteReader.objects(reply, "builders")) {
      int number = note.getInteger("s", 0);
      if (number >= 1 && number <= notes.sentences().size()) {
        sources.add(notes.sentences().get(number - 1).text());
        translations.add(note.getString("translation"));
      }
    }
    return wrongLanguage(translations, sources);
  }

  private List<String> wrongLanguage(List<String> translations, List<String> sources) {
    return WrittenText.wrongLanguage(translations, sources, language, tools.morphology);
  }

  private static boolean hasWord(LessonNotes notes, int number, String answer) {
    return number >= 1
        && number <= notes.sentences().size()
        && Token.words(notes.sentences().get(number - 1).text())
            .contains(answer.strip().toLowerCase(Locale.ROOT).replace('’', '\''));
  }

  private static String bounded(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40);
  }
}
