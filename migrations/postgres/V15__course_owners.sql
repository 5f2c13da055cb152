-- Whose rows of courses are whose is kept by the database too; assessments of uploaded notes; chapters that explain again more simply.

SET LOCAL client_min_messages = warning;

-- Assessments made of uploaded notes stand beside courses. Their clients know them and their attempts by number.
ALTER TABLE course_assessment
  ADD COLUMN legacy_id  BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  ADD COLUMN session_id TEXT,
  ADD COLUMN difficulty TEXT CHECK (difficulty IN ('easy', 'medium', 'hard')),
  ADD COLUMN file_name  TEXT,
  ADD COLUMN file_type  TEXT,
  ALTER COLUMN course_id DROP NOT NULL,
  DROP CONSTRAINT course_assessment_kind_check,
  ADD CONSTRAINT course_assessment_kind_check CHECK (kind IN ('final', 'course_quiz', 'module_quiz', 'notes')),
  ADD CONSTRAINT course_assessment_of_course CHECK ((course_id IS NULL) = (kind = 'notes'));
CREATE INDEX course_assessment_notes ON course_assessment (owner_id, created_at DESC) WHERE kind = 'notes';

ALTER TABLE course_attempt
  ADD COLUMN legacy_id    BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  ADD COLUMN session_id   TEXT,
  ADD COLUMN time_taken_s INTEGER CHECK (time_taken_s >= 0),
  ALTER COLUMN course_id DROP NOT NULL;
CREATE INDEX course_attempt_owner ON course_attempt (owner_id, course_id, submitted_at DESC);

-- A chapter that explains another one again; it stands behind all others.
ALTER TABLE course_chapter ADD COLUMN remediates UUID REFERENCES course_chapter (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX course_chapter_remediates ON course_chapter (remediates) WHERE remediates IS NOT NULL;

-- Row security binds neither superusers nor roles that bypass it, and the service is often one of the two. So whatever is done for
-- somebody is done in one of two roles that it binds, taken on for one transaction: the owner's, with app.user_id set, and the
-- worker's, who has what belongs to the owner of the task it has leased. Where the service's role may not make roles it is a plain
-- one, and bound itself.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['lessonweave_course_owner', 'lessonweave_course_worker'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL; -- made for another database of this server
      WHEN insufficient_privilege THEN NULL;
    END;
    BEGIN
      IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER) THEN
        EXECUTE format('GRANT %I TO CURRENT_USER', name);
      END IF;
    EXCEPTION
      WHEN undefined_object OR insufficient_privilege OR internal_error THEN NULL; -- the last: done by two databases at once
    END;
  END LOOP;
END $$;

-- Whether the service can take on a role.
CREATE FUNCTION course_role(name text) RETURNS boolean
  LANGUAGE sql STABLE
AS $$
  SELECT EXISTS (SELECT FROM pg_catalog.pg_roles r
                 WHERE r.rolname = $1 AND pg_catalog.pg_has_role(CURRENT_USER, r.oid,
                     CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END))
$$;

-- The owner of the task that the transaction works on: one that is under a lease, or whose lease ends in this very transaction.
CREATE FUNCTION course_task_owner() RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT
AS $$
  SELECT owner_id FROM course_task
  WHERE id = nullif(current_setting('app.course_task', true), '')::bigint AND (status = 'processing' OR updated_at = now())
$$;

-- Makes the database keep a table of courses apart by its column owner_id. For later tables too.
--
-- everybodys: whether the service itself must see all rows, as it must where it hands out work.
CREATE FUNCTION course_protect(name text, everybodys boolean DEFAULT false) RETURNS void
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
DECLARE
  own CONSTANT text := 'owner_id = (SELECT current_setting(''app.user_id'', true))';
  leased CONSTANT text := 'owner_id = (SELECT course_task_owner())';
  services CONSTANT text := CASE WHEN everybodys THEN 'true' ELSE own END;
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY %I ON %I TO CURRENT_USER USING (%s) WITH CHECK (%s)', name || '_service', name, services, services);
  IF course_role('lessonweave_course_owner') THEN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO lessonweave_course_owner', name);
    EXECUTE format('CREATE POLICY %I ON %I TO lessonweave_course_owner USING (%s) WITH CHECK (%s)', name || '_owner', name, own, own);
  END IF;
  IF course_role('lessonweave_course_worker') THEN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO lessonweave_course_worker', name);
    EXECUTE format('CREATE POLICY %I ON %I TO lessonweave_course_worker USING (%s) WITH CHECK (%s)', name || '_worker', name, leased,
        leased);
  END IF;
END $$;

SELECT course_protect(name, name IN ('course', 'course_job', 'course_task', 'course_event'))
FROM unnest(ARRAY['course', 'course_segment', 'course_chapter', 'course_lesson', 'course_item', 'course_assessment', 'course_attempt',
                  'course_job', 'course_task', 'course_event']) AS t (name);

-- What turns tasks into turns and ended tasks into progress looks across owners: it runs as the service, and nobody else may call it.
ALTER FUNCTION course_turn() SECURITY DEFINER;
ALTER FUNCTION course_task_ended() SECURITY DEFINER;
ALTER FUNCTION course_tell(uuid, text, jsonb) SECURITY DEFINER;
ALTER FUNCTION course_advance(uuid) SECURITY DEFINER;

-- A public course is everybody's to read; who shows it leaves out what gives answers away.
DO $$
DECLARE
  name text;
  who text := CASE WHEN course_role('lessonweave_course_owner') THEN 'lessonweave_course_owner' ELSE 'CURRENT_USER' END;
BEGIN
  EXECUTE format('CREATE POLICY course_public ON course FOR SELECT TO %s'
      || ' USING (is_public AND status IN (''ready'', ''published'', ''partial''))', who);
  FOREACH name IN ARRAY ARRAY['course_chapter', 'course_lesson', 'course_item'] LOOP
    EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO %s USING (EXISTS (SELECT FROM course c WHERE c.id = course_id AND c.is_public'
        || ' AND c.status IN (''ready'', ''published'', ''partial'')))', name || '_public', name, who);
  END LOOP;
END $$;

-- course_as(owner) begins what is done for an owner, course_work(task) what a worker does for the owner of a task it has leased; both to
-- the transaction's end.
DO $$
BEGIN
  EXECUTE format('CREATE FUNCTION course_as(owner text) RETURNS void LANGUAGE plpgsql AS %L',
      'BEGIN PERFORM pg_catalog.set_config(''app.user_id'', owner, true)'
      || CASE WHEN course_role('lessonweave_course_owner')
              THEN ', pg_catalog.set_config(''role'', ''lessonweave_course_owner'', true)' ELSE '' END
      || '; END');
  EXECUTE format('CREATE FUNCTION course_work(task bigint) RETURNS void LANGUAGE plpgsql AS %L',
      'BEGIN PERFORM pg_catalog.set_config(''app.course_task'', task::text, true)'
      || CASE WHEN course_role('lessonweave_course_worker')
              THEN ', pg_catalog.set_config(''role'', ''lessonweave_course_worker'', true)'
              ELSE '; PERFORM pg_catalog.set_config(''app.user_id'', coalesce(course_task_owner(), ''''), true)' END
      || '; END');
END $$;

-- Where the database offers its functions over HTTP, none of these is for anybody there.
DO $$
DECLARE
  f regprocedure;
  who text;
BEGIN
  FOREACH f IN ARRAY ARRAY['course_turn()', 'course_task_ended()', 'course_tell(uuid, text, jsonb)', 'course_advance(uuid)',
      'course_task_owner()', 'course_protect(text, boolean)', 'course_as(text)', 'course_work(bigint)']::regprocedure[] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    FOREACH who IN ARRAY ARRAY['anon', 'authenticated'] LOOP
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = who) THEN
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM %I', f, who);
      END IF;
    END LOOP;
  END LOOP;
  FOREACH who IN ARRAY ARRAY['lessonweave_course_owner', 'lessonweave_course_worker'] LOOP
    IF course_role(who) THEN
      EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), who);
      EXECUTE format('GRANT USAGE ON SEQUENCE course_task_id_seq TO %I', who);
      EXECUTE format('GRANT EXECUTE ON FUNCTION course_tell(uuid, text, jsonb), course_advance(uuid), course_task_owner() TO %I', who);
    END IF;
  END LOOP;
END $$;
