package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a text says outright: definitions, reasons, what things do, and other statements. */
final class Knowledge {
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final List<Reason> reasons = new ArrayList<>();
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final List<Unit> statements = new ArrayList<>();
  private final List<Term> terms;

  Knowledge(List<Unit> units, EnglishText english) {
    terms = Terms.of(units, english);
    DefinitionFinder finder = new DefinitionFinder(english);
    for (Unit unit : units) {
      if (unit.kind() == Kind.HEADING || unit.kind() == Kind.TABLE) {
        continue;
      }
      Optional<Definition> definition = finder.in(unit);
      definition.ifPresent(found -> definitions.putIfAbsent(found.lemma(), found));
      if (unit.kind() == Kind.SENTENCE && Standing.alone(unit)) {
        statements.add(unit);
        Reason.in(unit, english).ifPresent(reasons::add);
        if (definition.isEmpty()) {
          Role.in(unit, english).ifPresent(role -> roles.putIfAbsent(role.lemma(), role));
        }
      }
    }
  }

  /** Definitions in the order of the text, one a term. */
  List<Definition> definitions() {
    return List.copyOf(definitions.values());
  }

  Optional<Definition> definition(String lemma) {
    return Optional.ofNullable(definitions.get(lemma));
  }

  List<Reason> reasons() {
    return reasons;
  }

  /** What things do, in the order of the text, one a thing. */
  List<Role> roles() {
    return List.copyOf(roles.values());
  }

  /** Sentences that say something complete about the subject, commands among them. */
  List<Unit> statements() {
    return statements;
  }

  /** Sentences that say how something is. */
  List<Unit> claims() {
    return statements.stream().filter(unit -> !Standing.commands(unit)).toList();
  }

  /** Terms worth knowing: said twice, or defined. */
  List<Term> terms() {
    return terms.stream()
        .filter(term -> term.count() > 1 || definitions.containsKey(term.lemma()))
        .toList();
  }

  /** All its phrases, said once too. */
  List<Term> phrases() {
    return terms;
  }
}
