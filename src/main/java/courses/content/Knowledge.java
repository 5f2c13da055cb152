package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a text says outright: definitions, reasons, what things do, and other statements. */
final class Knowledge {
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final List<Reason> reasons = new ArrayList<>();
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, String> people;
  private final List<Deed> deeds = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Unit> statements = new ArrayList<>();
  private final List<Term> terms;
  private final String teller;

  Knowledge(List<Unit> units, EnglishText english) {
    terms = Terms.of(units, english);
    people = Deed.people(units);
    DefinitionFinder finder = new DefinitionFinder(english);
    teller = teller(units);
    for (Unit unit : units) {
      if (unit.kind() == Kind.HEADING || unit.kind() == Kind.TABLE || !told(unit)) {
        continue;
      }
      Optional<Definition> definition = finder.in(unit);
      definition.ifPresent(found -> definitions.putIfAbsent(found.lemma(), found));
      if (unit.kind() == Kind.SENTENCE && Standing.alone(unit)) {
        statements.add(unit);
        Reason.in(unit, english).ifPresent(reasons::add);
        Deed.in(unit, people, english).ifPresent(deeds::add);
        Event.in(unit).ifPresent(events::add);
        if (definition.isEmpty()) {
          Role.in(unit, english).ifPresent(role -> roles.putIfAbsent(role.lemma(), role));
        }
      }
    }
  }

  /**
   * Who of two in a conversation tells the other something: whoever says more. What the other says
   * may be a question, or a learner's mistake. Empty where one speaks, or more than two do.
   */
  private static String teller(List<Unit> units) {
    Map<String, Integer> words = new HashMap<>();
    for (Unit unit : units) {
      if (!unit.speaker().isEmpty()) {
        words.merge(unit.speaker(), unit.length(), Integer::sum);
      }
    }
    return words.size() == 2
        ? words.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey()
        : "";
  }

  /** Whether it is said by who tells something, and not by who asks and learns. */
  boolean told(Unit unit) {
    return teller.isEmpty() || unit.speaker().equals(teller);
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

  /** What people did, in the order of the text. */
  List<Deed> deeds() {
    return deeds;
  }

  /** What happened in which year, in the order of the text. */
  List<Event> events() {
    return events;
  }

  /** Names of those the text speaks of, by whom somebody else's deed can be told. */
  List<String> people() {
    return List.copyOf(people.values());
  }

  /** What things do, in the order of the text, one a thing. */
  List<Role> roles() {
    return List.copyOf(roles.values());
  }

  /** Sentences that say something complete about the subject, commands among them. */
  List<Unit> statements() {
    return statements;
  }

  /** Sentences that stand for the text: where it is instructions, its steps; claims otherwise. */
  List<Unit> points() {
    return instructs() ? statements : claims();
  }

  /** Whether most of it tells what to do. */
  boolean instructs() {
    return 2 * claims().size() < statements.size();
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
