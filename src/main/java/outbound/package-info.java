/**
 * The one HTTP client under every outside service: deadlines, retries, breaker, concurrency limit,
 * one classification of failures, redaction, metrics.
 */
package outbound;
