package llm;

/** Books usage, and knows what was spent. */
interface Meter {
  /** Never blocks, never fails. */
  void book(Usage usage);

  /** US dollars spent today (UTC) by all nodes, as far as known here. */
  double spentToday();

  /** Nothing is kept. */
  Meter NONE =
      new Meter() {
        @Override
        public void book(Usage usage) {}

        @Override
        public double spentToday() {
          return 0;
        }
      };
}
