package transcripts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import transcripts.SpeechToText.Heard;
import transcripts.SpeechToText.Recognised;

/**
 * What was heard in one file, as part of a lesson. A service's labels are good within one file
 * only, so where there are several, who is who is decided for each and written as roles.
 */
final class PartTurns {
  private PartTurns() {}

  static JsonObject of(Recognised recognised, long offsetMillis, int files, SpeakerHints hints) {
    List<Utterance> utterances = new ArrayList<>();
    for (Heard heard : recognised.utterances()) {
      utterances.add(
          new Utterance(
              utterances.size(),
              heard.speaker(),
              Role.UNKNOWN,
              heard.startMillis() + offsetMillis,
              heard.endMillis() + offsetMillis,
              heard.text()));
    }
    List<Utterance> known =
        files > 1 ? Speakers.assign(utterances, hints).apply(utterances) : utterances;
    JsonArray turns = new JsonArray();
    for (Utterance each : known) {
      String speaker =
          switch (each.role()) {
            case TEACHER -> "Teacher";
            case STUDENT -> "Student";
            case UNKNOWN -> each.speaker();
          };
      turns.add(
          new JsonObject()
              .put("speaker", files > 1 ? speaker : each.speaker())
              .put("start", each.startMillis())
              .put("end", each.endMillis())
              .put("text", each.text()));
    }
    return new JsonObject().put("utterances", turns);
  }
}
