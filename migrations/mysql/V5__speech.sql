-- Spoken words and sentences, each made once for all nodes. The text itself is not kept: text_key is the hash of it and of the voice.
-- id is random, because whoever knows it may listen: players of phones send no credentials.
CREATE TABLE IF NOT EXISTS speech_audio (
  id           CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text_key     CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  engine       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  byte_count   INT NOT NULL,
  content      MEDIUMBLOB NOT NULL,
  created_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  last_used_on DATE NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY speech_audio_text (text_key),
  KEY speech_audio_oldest (last_used_on, id, byte_count)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
