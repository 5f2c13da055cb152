package settings;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import settings.Settings.Trigger;

/** The settings of {@code n8n} and who brings transcripts. */
final class WorkflowReader {
  private final Values values;

  WorkflowReader(Values values) {
    this.values = values;
  }

  Settings.Workflow workflow() {
    Trigger trigger = values.choice("monitor.trigger", Trigger.class, Trigger.INTERNAL);
    Optional<URI> webhook =
        values.parsed(
            "n8n.webhook-url",
            WorkflowReader::webhook,
            "write the workflow's production address: https://host/webhook/path");
    if (webhook.filter(uri -> uri.getPath().contains("/webhook-test/")).isPresent()) {
      values.problem(
          "n8n.webhook-url",
          "is a test address, which n8n forgets after one call",
          "use the Webhook node's production URL, with /webhook/ instead of /webhook-test/");
    }
    if (trigger != Trigger.INTERNAL && values.text("n8n.webhook-url").isEmpty()) {
      values.problem(
          "n8n.webhook-url",
          "is missing while monitor.trigger is "
              + trigger.name().toLowerCase(java.util.Locale.ROOT),
          "set the workflow's production address, or monitor.trigger: internal");
    }
    Optional<String> name =
        values.parsed(
            "n8n.header-name",
            text -> {
              if (!text.matches("[A-Za-z0-9-]{1,64}")) {
                throw new IllegalArgumentException();
              }
              return text;
            },
            "write a header's name, e.g. X-Api-Key");
    Optional<Secret> value = values.secret("n8n.header-value", 8);
    if (name.isPresent() != value.isPresent()) {
      values.problem(
          "n8n.header-name", "and n8n.header-value go together", "set both of them or none");
    }
    ZoneId host =
        values.parsed("monitor.timezone", ZoneId::of, "write a zone").orElse(ZoneId.of("UTC"));
    return new Settings.Workflow(
        trigger,
        webhook,
        name,
        value,
        values.secret("n8n.signing-secret", 16),
        values.duration("n8n.timeout", Duration.ofMillis(100), Duration.ofMinutes(2)),
        values.integer("n8n.max-attempts", 1, 1_000),
        values.duration("n8n.delivery-timeout", Duration.ofSeconds(1), Duration.ofDays(31)),
        values
            .parsed("n8n.timezone", ZoneId::of, "write a zone such as Asia/Jerusalem or UTC")
            .orElse(host));
  }

  private static URI webhook(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null
        || !Set.of("http", "https").contains(uri.getScheme())
        || uri.getUserInfo() != null) {
      throw new IllegalArgumentException();
    }
    return uri;
  }
}
