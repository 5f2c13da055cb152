package http;

import io.vertx.core.Vertx;

/** Every resource's endpoints; a new resource adds its line. */
final class AllEndpoints {
  private AllEndpoints() {}

  static Endpoints of(Vertx vertx, ApiParts parts, ApiDocument document) {
    Endpoints endpoints = new Endpoints();
    new HealthEndpoints(parts).addTo(endpoints);
    new MetricsEndpoint(parts.metrics()).addTo(endpoints);
    new DocsEndpoints(document).addTo(endpoints);
    new ProcessEndpoints(parts, document.operation("process").rules()).addTo(endpoints);
    new ZoomLessonEndpoints(parts).addTo(endpoints);
    new ExerciseEndpoints(parts).addTo(endpoints);
    new LessonEndpoints(parts).addTo(endpoints);
    new WorkEndpoints(parts).addTo(endpoints);
    new ApprovalEndpoints(parts).addTo(endpoints);
    new WordListEndpoints(parts.mysql()).addTo(endpoints);
    new WordEndpoints(parts.mysql()).addTo(endpoints);
    new WordImport(parts.mysql(), document.operation("createWord").rules()).addTo(endpoints);
    new WordExport(parts.mysql()).addTo(endpoints);
    return endpoints;
  }
}
