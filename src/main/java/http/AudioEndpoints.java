package http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;
import speech.SpokenText;

/**
 * Words and sentences read aloud: where to find the audio, sections 2.4 (C5) and 2.7 (F9) of the
 * wire contract.
 */
final class AudioEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(AudioEndpoints.class);
  private static final String LANGUAGE = "en-US";

  private final AudioParts parts;
  private final AudioAddresses addresses;

  AudioEndpoints(AudioParts parts, Settings.Speech settings) {
    this.parts = parts;
    this.addresses = new AudioAddresses(settings.publicUrl());
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("getPronunciation", this::pronunciation).add("getSentenceSpeech", this::sentence);
  }

  private Future<Reply> pronunciation(Call call) {
    String wordId = call.pathSegment("wordId");
    return parts
        .texts()
        .word(call.learner(), wordId)
        .compose(
            found -> {
              SpokenText word =
                  found.orElseThrow(
                      () ->
                          missing(
                              ErrorCode.UNKNOWN_WORD,
                              "there is no such word in your lists",
                              wordId));
              return link(word, call)
                  .map(
                      link -> {
                        JsonObject body =
                            new JsonObject().put("wordId", wordId).put("word", word.text());
                        link.addTo(body).put("contentLength", link.bytes());
                        if (call.legacy()) {
                          body.put("word_id", wordId)
                              .put("pronunciation_url", link.url())
                              .put("content_length", link.bytes());
                          link.addTwinsTo(body);
                        }
                        return reply(body);
                      });
            });
  }

  private Future<Reply> sentence(Call call) {
    String itemId = call.pathSegment("itemId");
    return parts
        .texts()
        .sentence(learner(call), itemId)
        .compose(
            found -> {
              SpokenText sentence =
                  found.orElseThrow(
                      () -> missing(ErrorCode.UNKNOWN_ITEM, "there is no such sentence", itemId));
              return link(sentence, call)
                  .map(
                      link -> {
                        JsonObject body =
                            new JsonObject().put("itemId", itemId).put("sentence", sentence.text());
                        link.addTo(body);
                        if (call.legacy()) {
                          body.put("item_id", itemId).put("tts_url", link.url());
                          link.addTwinsTo(body);
                        }
                        return reply(body);
                      });
            });
  }

  /**
   * The catalogue is open to callers who name nobody, where the authentication mode lets them in.
   */
  private static Optional<String> learner(Call call) {
    Optional<String> named = call.input().query("user_id");
    return call.caller().has(Caller.SERVICE)
        ? named.or(call.caller()::userId)
        : call.caller().userId().or(() -> named);
  }

  private static ApiException missing(ErrorCode code, String detail, String id) {
    return new ApiException(code, detail, new JsonObject().put("id", id)).asMissing();
  }

  private static Reply reply(JsonObject body) {
    // The link may be another one once a better voice is back.
    return new Reply(200, body, null, Map.of("Cache-Control", "private, no-cache"));
  }

  private Future<Link> link(SpokenText text, Call call) {
    if (text.recording().isPresent()) {
      return Future.succeededFuture(new Link(text.recording().get(), null));
    }
    return parts
        .speaker()
        .apply(text.text())
        .map(
            audio ->
                addresses
                    .of(audio, call)
                    .map(url -> new Link(url, audio.bytes()))
                    .orElse(Link.NONE))
        .recover(
            silent -> {
              // Too long a text, too many at a time, nobody there to speak: never a reason to fail,
              // the device has a voice of its own.
              LOG.atDebug()
                  .addKeyValue("traceId", call.traceId())
                  .log("left to the device's voice: {}", silent.toString());
              return Future.succeededFuture(Link.NONE);
            });
  }

  /**
   * @param bytes null when not known
   */
  private record Link(String url, Integer bytes) {
    static final Link NONE = new Link(null, null);

    String type() {
      return url == null ? "tts" : "url";
    }

    JsonObject addTo(JsonObject body) {
      return body.put("audioUrl", url)
          .put("language", LANGUAGE)
          .put("audioType", type())
          .put("expiresAt", null);
    }

    void addTwinsTo(JsonObject body) {
      body.put("audio_url", url).put("audio_type", type()).put("expires_at", null);
    }
  }
}
