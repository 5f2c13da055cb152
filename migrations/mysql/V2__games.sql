-- Everything learners touch: word lists, sessions, results, mistakes, the authored catalogue, published lessons, idempotency keys.
-- Ids, keys, user ids and words of the program compare byte for byte (utf8mb4_bin); text shown to people sorts as people expect.
-- Portable between MySQL 8.0.12 and MariaDB 10.6: no expression defaults, no conditional ALTER; CHECK is enforced where the server can,
-- and by the program everywhere. Times are UTC.

CREATE TABLE IF NOT EXISTS word_lists (
  id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  user_id     VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  class_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  name        VARCHAR(120) NOT NULL,
  description TEXT NULL,
  word_count  INT NOT NULL DEFAULT 0,
  is_favorite BOOLEAN NOT NULL DEFAULT 0,
  created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY word_lists_newest (user_id, created_at, id),
  KEY word_lists_changed (user_id, updated_at, id),
  KEY word_lists_name (user_id, name),
  KEY word_lists_favorite (user_id, is_favorite),
  KEY word_lists_class (user_id, class_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS words (
  id                      VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  list_id                 VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  word                    VARCHAR(120) NOT NULL,
  translation             VARCHAR(240) NOT NULL,
  notes                   TEXT NULL,
  difficulty              VARCHAR(20) NULL,
  example_sentence        TEXT NULL,
  pronunciation_audio_url TEXT NULL,
  is_favorite             BOOLEAN NOT NULL DEFAULT 0,
  practice_count          INT NOT NULL DEFAULT 0,
  correct_count           INT NOT NULL DEFAULT 0,
  accuracy                TINYINT UNSIGNED NOT NULL DEFAULT 0,
  last_practiced          DATETIME(6) NULL,
  created_at              DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at              DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY words_newest (list_id, created_at, id),
  KEY words_favorite (list_id, is_favorite),
  KEY words_word (word),
  CONSTRAINT words_list FOREIGN KEY (list_id) REFERENCES word_lists (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS game_sessions (
  id                 VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  user_id            VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  game_type          VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  mode               VARCHAR(50) NOT NULL,
  word_list_id       VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  topic_id           VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  category_id        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  lesson_id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  class_id           VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  reference_id       VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  difficulty         VARCHAR(10) NULL,
  item_order         JSON NOT NULL,
  progress_current   INT NOT NULL DEFAULT 0,
  progress_total     INT NOT NULL DEFAULT 0,
  correct_count      INT NOT NULL DEFAULT 0,
  incorrect_count    INT NOT NULL DEFAULT 0,
  mastered_ids       JSON NOT NULL,
  needs_practice_ids JSON NOT NULL,
  final_score        DECIMAL(5, 2) NULL,
  status             VARCHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'active',
  metadata           JSON NULL,
  started_at         DATETIME(6) NOT NULL,
  completed_at       DATETIME(6) NULL,
  created_at         DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at         DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY game_sessions_games (user_id, game_type, status),
  KEY game_sessions_completed (user_id, completed_at, id),
  KEY game_sessions_list (word_list_id),
  KEY game_sessions_lesson (lesson_id),
  KEY game_sessions_class (class_id),
  KEY game_sessions_idle (status, updated_at),
  CONSTRAINT game_sessions_type CHECK (game_type IN
    ('flashcards', 'spelling_bee', 'grammar_challenge', 'advanced_cloze', 'sentence_builder')),
  CONSTRAINT game_sessions_status CHECK (status IN ('active', 'completed', 'abandoned'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS game_results (
  id               BIGINT NOT NULL AUTO_INCREMENT,
  session_id       VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  user_id          VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  game_type        VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  item_id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  client_result_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  is_correct       BOOLEAN NOT NULL,
  attempts         INT NOT NULL DEFAULT 1,
  time_spent_ms    INT NOT NULL DEFAULT 0,
  skipped          BOOLEAN NOT NULL DEFAULT 0,
  user_answer      TEXT NULL,
  selected_answer  INT NULL,
  selected_answers JSON NULL,
  user_tokens      JSON NULL,
  error_type       VARCHAR(50) NULL,
  metadata         JSON NULL,
  created_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY game_results_client (session_id, client_result_id),
  KEY game_results_session (session_id, id),
  KEY game_results_learner (user_id, game_type, item_id),
  KEY game_results_item (item_id),
  CONSTRAINT game_results_of FOREIGN KEY (session_id) REFERENCES game_sessions (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS user_mistakes (
  id               BIGINT NOT NULL AUTO_INCREMENT,
  user_id          VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  game_type        VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  item_id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  user_answer      TEXT NULL,
  correct_answer   TEXT NULL,
  selected_answers JSON NULL,
  error_type       VARCHAR(50) NULL,
  mistake_count    INT NOT NULL DEFAULT 1,
  last_answered_at DATETIME(6) NOT NULL,
  created_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY user_mistakes_item (user_id, game_type, item_id),
  KEY user_mistakes_newest (user_id, game_type, last_answered_at),
  KEY user_mistakes_worst (user_id, game_type, mistake_count)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cloze_topics (
  id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  name        VARCHAR(255) NOT NULL,
  icon        VARCHAR(100) NULL,
  description TEXT NULL,
  created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY cloze_topics_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cloze_lessons (
  id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  topic_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  title       VARCHAR(255) NOT NULL,
  description TEXT NULL,
  difficulty  VARCHAR(20) NULL,
  item_count  INT NOT NULL DEFAULT 0,
  created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY cloze_lessons_topic (topic_id, title),
  CONSTRAINT cloze_lessons_of FOREIGN KEY (topic_id) REFERENCES cloze_topics (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cloze_items (
  id              VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  topic_id        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  lesson_id       VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  difficulty      VARCHAR(20) NULL,
  text_parts      JSON NOT NULL,
  options         JSON NOT NULL,
  correct_answers JSON NOT NULL,
  hint            TEXT NULL,
  explanation     TEXT NULL,
  metadata        JSON NULL,
  created_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY cloze_items_topic (topic_id, difficulty),
  KEY cloze_items_lesson (lesson_id),
  CONSTRAINT cloze_items_of_topic FOREIGN KEY (topic_id) REFERENCES cloze_topics (id) ON DELETE CASCADE,
  CONSTRAINT cloze_items_of_lesson FOREIGN KEY (lesson_id) REFERENCES cloze_lessons (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS grammar_categories (
  id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  name        VARCHAR(255) NOT NULL,
  icon        VARCHAR(100) NULL,
  description TEXT NULL,
  created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY grammar_categories_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS grammar_lessons (
  id             VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  category_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  title          VARCHAR(255) NOT NULL,
  description    TEXT NULL,
  difficulty     VARCHAR(20) NULL,
  question_count INT NOT NULL DEFAULT 0,
  created_at     DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY grammar_lessons_category (category_id, title),
  CONSTRAINT grammar_lessons_of FOREIGN KEY (category_id) REFERENCES grammar_categories (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS grammar_questions (
  id             VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  category_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  lesson_id      VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  difficulty     VARCHAR(20) NULL,
  question       TEXT NOT NULL,
  options        JSON NOT NULL,
  correct_answer VARCHAR(255) NOT NULL,
  hint           TEXT NULL,
  explanation    TEXT NULL,
  metadata       JSON NULL,
  created_at     DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY grammar_questions_category (category_id, difficulty),
  KEY grammar_questions_lesson (lesson_id),
  CONSTRAINT grammar_questions_of_category FOREIGN KEY (category_id) REFERENCES grammar_categories (id) ON DELETE CASCADE,
  CONSTRAINT grammar_questions_of_lesson FOREIGN KEY (lesson_id) REFERENCES grammar_lessons (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sentence_topics (
  id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  name        VARCHAR(255) NOT NULL,
  icon        VARCHAR(100) NULL,
  description TEXT NULL,
  created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY sentence_topics_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sentence_lessons (
  id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  topic_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  title       VARCHAR(255) NOT NULL,
  description TEXT NULL,
  difficulty  VARCHAR(20) NULL,
  item_count  INT NOT NULL DEFAULT 0,
  created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY sentence_lessons_topic (topic_id, title),
  CONSTRAINT sentence_lessons_of FOREIGN KEY (topic_id) REFERENCES sentence_topics (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sentence_items (
  id                 VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  topic_id           VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  lesson_id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  difficulty         VARCHAR(20) NULL,
  english_sentence   TEXT NOT NULL,
  translation        TEXT NULL,
  sentence_tokens    JSON NOT NULL,
  accepted_sequences JSON NOT NULL,
  distractors        JSON NULL,
  hint               TEXT NULL,
  tts_audio_url      TEXT NULL,
  metadata           JSON NULL,
  created_at         DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY sentence_items_topic (topic_id, difficulty),
  KEY sentence_items_lesson (lesson_id),
  CONSTRAINT sentence_items_of_topic FOREIGN KEY (topic_id) REFERENCES sentence_topics (id) ON DELETE CASCADE,
  CONSTRAINT sentence_items_of_lesson FOREIGN KEY (lesson_id) REFERENCES sentence_lessons (id) ON DELETE SET NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS lessons (
  id              VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  class_id        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  teacher_id      VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  student_id      VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  lesson_number   INT NOT NULL,
  title           VARCHAR(255) NULL,
  lesson_date     DATE NULL,
  zoom_summary_id BIGINT NULL,
  status          VARCHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'pending',
  approved_at     DATETIME(6) NULL,
  approved_by     VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  created_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY lessons_of_class (class_id, lesson_number, zoom_summary_id),
  KEY lessons_status (status, class_id),
  KEY lessons_student (student_id),
  KEY lessons_teacher (teacher_id),
  CONSTRAINT lessons_status_words CHECK (status IN ('pending', 'approved', 'rejected'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- One row per playable item; Postgres has a table of the same name with one row per generated set.
CREATE TABLE IF NOT EXISTS lesson_exercises (
  id            VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  lesson_id     VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  exercise_type VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  topic_id      VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  topic_name    VARCHAR(100) NULL,
  exercise_data JSON NOT NULL,
  difficulty    VARCHAR(10) NOT NULL DEFAULT 'medium',
  hint          TEXT NULL,
  explanation   TEXT NULL,
  created_at    DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at    DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY lesson_exercises_lesson (lesson_id, exercise_type),
  KEY lesson_exercises_topic (exercise_type, topic_id, difficulty),
  CONSTRAINT lesson_exercises_of FOREIGN KEY (lesson_id) REFERENCES lessons (id) ON DELETE CASCADE,
  CONSTRAINT lesson_exercises_type CHECK (exercise_type IN
    ('flashcards', 'spelling_bee', 'grammar_challenge', 'advanced_cloze', 'sentence_builder')),
  CONSTRAINT lesson_exercises_difficulty CHECK (difficulty IN ('easy', 'medium', 'hard'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS idempotency_keys (
  id              BIGINT NOT NULL AUTO_INCREMENT,
  user_id         VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  endpoint        VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  idempotency_key VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  request_hash    BINARY(32) NOT NULL,
  state           VARCHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  status_code     SMALLINT NULL,
  response_data   JSON NULL,
  created_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  expires_at      DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY idempotency_keys_of (user_id, endpoint, idempotency_key),
  KEY idempotency_keys_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
