-- People who ask for a course can read its first chapter while the rest is written. So within a class of priority the tasks that stand
-- between a request and its first lesson go ahead of all others: four of a course's thirty or so, which the others hardly notice. Owners
-- still take turns in both lanes, and what has waited rises to the next class as before.

SET LOCAL client_min_messages = warning;

ALTER TABLE course_task DROP COLUMN place; -- with its index
ALTER TABLE course_task ADD COLUMN place BIGINT NOT NULL GENERATED ALWAYS AS (
    (10 - least(10, priority + aged)) * 1000000000000
    + CASE WHEN step IN ('extract', 'validate', 'structure') OR part = 'lesson:0' THEN 0 ELSE 500000000000 END
    + round) STORED;
CREATE INDEX course_task_place ON course_task (stage, place, id) WHERE due_at IS NOT NULL AND paused_at IS NULL;
