package llm;

/**
 * One finished call, as it is booked.
 *
 * @param user on whose behalf; empty when nobody was named
 * @param status {@code ok} or the failure's kind in lower case
 * @param costUsd by the settings' prices
 * @param waitMillis for quota
 * @param tookMillis at the provider
 */
record Usage(
    String service,
    String account,
    String user,
    String prompt,
    String keyAlias,
    String provider,
    String model,
    String status,
    int tokensIn,
    int tokensOut,
    double costUsd,
    long waitMillis,
    long tookMillis) {}
