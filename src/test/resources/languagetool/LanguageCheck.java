import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.languagetool.JLanguageTool;
import org.languagetool.Languages;
import org.languagetool.rules.RuleMatch;

/**
 * Checks English in a process of its own, run from its source with LanguageTool on the class path.
 * Takes lines of a name, a tab and a text; prints a line of name, rule, message and place for each
 * fault, and at last how many texts it checked.
 */
final class LanguageCheck {
  private LanguageCheck() {}

  public static void main(String[] args) throws Exception {
    JLanguageTool tool = new JLanguageTool(Languages.getLanguageForShortCode(args[0]));
    tool.disableRules(
        Set.of(args).stream()
            .filter(arg -> arg.startsWith("-"))
            .map(arg -> arg.substring(1))
            .toList());
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int checked = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] parts = line.split("\t", 2);
      for (RuleMatch match : tool.check(parts[1])) {
        String place = parts[1].substring(match.getFromPos(), match.getToPos());
        out.println(
            parts[0]
                + "\t"
                + match.getRule().getId()
                + "\t"
                + match.getMessage()
                + "\t["
                + place
                + "] in: "
                + parts[1]);
      }
      checked++;
    }
    out.println("checked\t" + checked);
  }
}
