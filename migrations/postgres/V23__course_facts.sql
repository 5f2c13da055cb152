-- What a job's clients are told of the finished course stands in the course's row: where the service's own role is bound by row-level
-- security, a look across owners' chapters and quizzes would find none.

SET LOCAL client_min_messages = warning;

ALTER TABLE course
  ADD COLUMN chapter_count INTEGER NOT NULL DEFAULT 0, -- without those that explain others again
  ADD COLUMN quiz_code     TEXT;                       -- of the newest quiz on the whole course

ALTER TABLE course_chapter NO FORCE ROW LEVEL SECURITY;
ALTER TABLE course_assessment NO FORCE ROW LEVEL SECURITY;
UPDATE course c SET
  chapter_count = (SELECT count(*) FROM course_chapter h WHERE h.course_id = c.id AND h.remediates IS NULL),
  quiz_code = (SELECT a.code FROM course_assessment a WHERE a.course_id = c.id AND a.kind = 'course_quiz' AND a.chapter_id IS NULL
               ORDER BY a.created_at DESC LIMIT 1);
ALTER TABLE course_chapter FORCE ROW LEVEL SECURITY;
ALTER TABLE course_assessment FORCE ROW LEVEL SECURITY;

-- By whoever stores the quiz, with no more rights than that.
CREATE FUNCTION course_quiz_made() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
  UPDATE course SET quiz_code = NEW.code WHERE id = NEW.course_id;
  RETURN NULL;
END $$;
CREATE TRIGGER course_quiz_made AFTER INSERT ON course_assessment
  FOR EACH ROW WHEN (NEW.kind = 'course_quiz' AND NEW.chapter_id IS NULL)
  EXECUTE FUNCTION course_quiz_made();
