package llm;

/**
 * What came of one call.
 *
 * @param reply null when there is a failure
 * @param failure null when there is a reply
 * @param tokensUsed as the provider counted; -1: it did not say
 * @param end how far it came
 */
record CallResult(
    ChatReply reply, ChatFailure failure, RateHeaders rates, int tokensUsed, End end) {
  /** How far a call came: decides what it used of quota and money. */
  enum End {
    /** The provider answered, or broke. */
    OVER,
    /** The provider knows nothing of it. */
    UNSENT,
    /** We hung up while the provider may have been working: it may count and charge it. */
    ABANDONED
  }

  CallResult(ChatReply reply, ChatFailure failure, RateHeaders rates, int tokensUsed) {
    this(reply, failure, rates, tokensUsed, End.OVER);
  }

  static CallResult failed(ChatFailure.Kind kind, String words) {
    return failed(kind, words, End.OVER);
  }

  static CallResult failed(ChatFailure.Kind kind, String words, End end) {
    return new CallResult(null, new ChatFailure(kind, 0, words, 0), RateHeaders.NONE, -1, end);
  }
}
