-- What lessonweave needs of the host platform's tables, for installations without a host: the same columns, repeatable.
-- `ai_triggered` is missing on purpose: the migration in migrations/mysql-host adds it, here as on a real host.

CREATE TABLE IF NOT EXISTS users (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email      VARCHAR(255) NULL,
  full_name  VARCHAR(255) NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS classes (
  id            BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  student_id    BIGINT NULL,
  teacher_id    BIGINT NULL,
  meeting_start DATETIME NULL,
  meeting_end   DATETIME NULL,
  status        VARCHAR(32) NOT NULL DEFAULT 'scheduled',
  zoom_id       BIGINT NULL,
  created_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
