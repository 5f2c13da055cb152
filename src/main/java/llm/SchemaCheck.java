package llm;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A prompt's schema as a check that names what is wrong and where. */
final class SchemaCheck {
  private static final int MOST_VIOLATIONS = 6;
  private static final String NO_FURTHER = "does not match additional properties schema";
  // These only say that something below them failed.
  private static final Set<String> PASSING_ON =
      Set.of("properties", "items", "prefixItems", "allOf", "$ref", "then", "else");

  private final Validator validator;

  SchemaCheck(JsonObject schema) {
    validator =
        Validator.create(
            JsonSchema.of(schema.copy()),
            new JsonSchemaOptions()
                .setBaseUri("app://llm")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic));
  }

  /** What {@code object} breaks, at most a handful; empty when it is valid. */
  List<String> violations(JsonObject object) {
    OutputUnit result;
    try {
      result = validator.validate(object);
    } catch (RuntimeException e) {
      return List.of("the object can't be checked against the schema: " + e.getMessage());
    }
    if (result.getValid()) {
      return List.of();
    }
    Set<String> violations = new LinkedHashSet<>();
    for (OutputUnit error : result.getErrors()) {
      String location = error.getKeywordLocation();
      if (!PASSING_ON.contains(location.substring(location.lastIndexOf('/') + 1))) {
        violations.add("at " + error.getInstanceLocation() + ": " + error.getError());
      }
    }
    // The validator also says of each member with a fault below it that no further members are
    // allowed; alone, it means just that.
    if (violations.stream().anyMatch(violation -> !violation.endsWith(NO_FURTHER))) {
      violations.removeIf(violation -> violation.endsWith(NO_FURTHER));
    }
    if (violations.isEmpty()) {
      violations.add("the object does not obey the schema");
    }
    return violations.stream().limit(MOST_VIOLATIONS).toList();
  }
}
