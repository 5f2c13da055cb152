package llm;

/** Books usage. */
interface Meter {
  /** Never blocks, never fails. */
  void book(Usage usage);

  /** Nothing is kept. */
  Meter NONE = usage -> {};
}
