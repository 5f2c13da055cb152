package exercises.understanding;

import exercises.language.Token;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lesson's text as it may leave the house: people's names replaced, and whatever could find them
 * taken out. Speakers are told apart by their roles only, so labels never leave at all.
 */
public final class PrivateText {
  /** Stands for any person's name. */
  static final String NAME = "[name]";

  /** Stands for anything else that is private. */
  static final String REMOVED = "[removed]";

  private static final Pattern CONTACT =
      Pattern.compile(
          "(?i)[\\w.+-]+\\s?(?:@|\\(at\\))\\s?[\\w-]+(?:\\.[\\w-]+)*"
              + "|\\b(?:https?:|www\\.)\\S+"
              + "|@\\w{3,}"
              + "|\\+?\\d(?:[\\s().-]?\\d){5,}"
              + "|\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}\\b"
              + "|\\b(?:password|passcode|meeting id)\\b\\s*(?:is|:)?\\s*\\S+");

  /** "14 Herzl Street", "Herzl Street 14", "I live in ...". */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\b(?:\\d{1,4}\\s+)?(?:\\p{Lu}[\\p{L}'-]+\\s+){1,3}(?i:street|road|avenue|boulevard|lane|drive|square)\\b(?:\\s+(?:number\\s+)?\\d{1,4})?|(?<=\\b(?i:live"
              + " in |live on |lives in |lives on |lived in |school is |school called |come from"
              + " |comes from |from the city of |city is"
              + " ))\\p{Lu}[\\p{L}'-]+(?:\\s+\\p{Lu}[\\p{L}'-]+)*");

  private final Names names;
  private final Glosses glosses;

  /** Hides what the lesson's names and glosses make private. */
  public PrivateText(Names names, Glosses glosses) {
    this.names = names;
    this.glosses = glosses;
  }

  /** The text with names and private details replaced; words of the lesson stay as they are. */
  public String of(String text) {
    String out = CONTACT.matcher(text).replaceAll(Matcher.quoteReplacement(REMOVED));
    out = ADDRESS.matcher(out).replaceAll(Matcher.quoteReplacement(REMOVED));
    List<Token> tokens = Token.split(out);
    StringBuilder clean = new StringBuilder(out.length());
    int from = 0;
    int hidden = -2;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean first = i == 0 || tokens.get(i - 1).text().matches("[.!?]");
      boolean bracketed = i > 0 && tokens.get(i - 1).text().equals("[");
      // A family name may be a place or an ordinary word.
      boolean goesOn =
          hidden == i - 1
              && token.isCapitalised()
              && token.text().length() > 1
              && out.substring(tokens.get(i - 1).end(), token.start()).isBlank();
      if (!bracketed && (goesOn || isPrivate(token, first))) {
        hidden = i;
        clean.append(out, from, token.start());
        String so = clean.toString().stripTrailing();
        // "Dana Levi" is one person.
        if (!so.endsWith(NAME)) {
          clean.append(NAME);
        } else {
          clean.setLength(so.length());
        }
        from = token.end();
        if (token.lower().endsWith("'s")) {
          clean.append("'s");
        }
      }
    }
    return clean.append(out.substring(from)).toString();
  }

  private boolean isPrivate(Token token, boolean first) {
    if (!token.isWord()) {
      return false;
    }
    if (names.isParticipant(token.lower().replaceFirst("'s$", ""))) {
      return names.isName(token, first);
    }
    return names.isName(token, first) && !glosses.isForeign(token.lower());
  }
}
