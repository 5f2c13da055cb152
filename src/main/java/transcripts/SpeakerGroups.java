package transcripts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Knows when two labels are one person: "Dana", "Dana Levi", "DANA" and "Dana's iPad". */
final class SpeakerGroups {
  private static final Set<String> DEVICES =
      Words.set(
          """
          ipad iphone phone laptop macbook mac pc computer tablet galaxy android mobile pro air mini
          desktop device host guest me cohost co-host
          """);

  /** Labels beyond this number are not people; they stay unknown. */
  private static final int MAX_PEOPLE = 64;

  private final Map<String, SpeakerProfile> byKey = new LinkedHashMap<>();
  private final Map<String, SpeakerProfile> byLabel = new LinkedHashMap<>();

  void add(String label) {
    if (byLabel.containsKey(label)) {
      return;
    }
    String key = key(label);
    SpeakerProfile profile = byKey.get(key);
    if (profile == null) {
      if (byKey.size() >= MAX_PEOPLE) {
        return;
      }
      profile = new SpeakerProfile(key, byKey.size());
      byKey.put(key, profile);
    }
    profile.addLabel(label);
    byLabel.put(label, profile);
  }

  /** Joins "Dana" with "Dana Levi" when nobody else's name begins with Dana. */
  void merge() {
    for (SpeakerProfile brief : List.copyOf(byKey.values())) {
      List<SpeakerProfile> longer = new ArrayList<>();
      for (SpeakerProfile other : byKey.values()) {
        if (other != brief && other.key.startsWith(brief.key + ' ') && !namesRelative(other.key)) {
          longer.add(other);
        }
      }
      if (longer.size() == 1
          && !brief.key.isEmpty()
          && !LabelWords.isRole(brief.key)
          && !brief.key.equals("speaker")) {
        SpeakerProfile target = longer.get(0);
        brief.labels.forEach(
            label -> {
              target.addLabel(label);
              byLabel.put(label, target);
            });
        byKey.remove(brief.key);
      }
    }
  }

  private static boolean namesRelative(String key) {
    for (String word : key.split(" ")) {
      if (LabelWords.OTHER.contains(word)) {
        return true;
      }
    }
    return key.chars().anyMatch(Character::isDigit); // "Student 1" and "Student 2" are two people
  }

  /** Null for labels beyond the bound and for the empty one. */
  SpeakerProfile of(String label) {
    return byLabel.get(label);
  }

  List<SpeakerProfile> profiles() {
    return List.copyOf(byKey.values());
  }

  /** The label without device, brackets and case. */
  private static String key(String label) {
    StringBuilder plain = new StringBuilder(label.length());
    int depth = 0;
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      depth += c == '(' || c == '[' ? 1 : 0;
      if (depth == 0) {
        plain.append(c);
      }
      depth -= (c == ')' || c == ']') && depth > 0 ? 1 : 0;
    }
    List<String> words = new ArrayList<>();
    boolean device = false;
    for (String word : plain.toString().split(" ")) {
      String bare = Words.bare(word);
      device |= DEVICES.contains(bare);
      if (!bare.isEmpty() && !DEVICES.contains(bare)) {
        words.add(bare);
      }
    }
    if (device) {
      words.replaceAll(SpeakerProfile::possessorOf);
    }
    return words.isEmpty() ? label.toLowerCase(Locale.ROOT) : String.join(" ", words);
  }
}
