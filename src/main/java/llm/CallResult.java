package llm;

/**
 * What came of one call.
 *
 * @param reply null when there is a failure
 * @param failure null when there is a reply
 * @param tokensUsed as the provider counted; -1: it did not say
 */
record CallResult(ChatReply reply, ChatFailure failure, RateHeaders rates, int tokensUsed) {
  static CallResult failed(ChatFailure.Kind kind, String words) {
    return new CallResult(null, new ChatFailure(kind, 0, words, 0), RateHeaders.NONE, -1);
  }
}
