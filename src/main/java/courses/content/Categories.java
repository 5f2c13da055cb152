package courses.content;

import java.util.List;

/** The categories courses are sorted into (contract 5.2). */
public final class Categories {
  public static final List<String> NAMES =
      List.of(
          "programming",
          "web development",
          "mobile development",
          "data science",
          "machine learning",
          "cloud and devops",
          "security",
          "databases",
          "software engineering",
          "ui/ux design",
          "marketing",
          "business",
          "project management",
          "personal development",
          "languages",
          "mathematics and statistics",
          "science and engineering",
          "art and design",
          "music and audio",
          "video and photography",
          "writing",
          "health and fitness",
          "cooking and lifestyle",
          "finance",
          "education",
          "other");

  private Categories() {}
}
