package exercises;

final class GateBench {
  private GateBench() {}

  static long run(NlpModels models, boolean details) {
    return 0;
  }
}
