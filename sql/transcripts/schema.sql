-- What classes, dashboards and exports read. Executed as often as anybody likes: it changes nothing that is there.
CREATE TABLE IF NOT EXISTS students (
    student_id uuid PRIMARY KEY,
    class_id text NOT NULL,
    name text NOT NULL,
    external_ref text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS students_class ON students (class_id);
CREATE INDEX IF NOT EXISTS students_reference ON students (external_ref);

-- Scores are 0 to 10, null where nothing speaks for the skill. One row a job, pupil and version of the scorer.
CREATE TABLE IF NOT EXISTS assessments (
    assessment_id uuid PRIMARY KEY,
    job_id text NOT NULL,
    artifact_id text NOT NULL,
    student_id uuid NOT NULL REFERENCES students ON DELETE CASCADE,
    class_id text NOT NULL,
    assessed_on date NOT NULL,
    model_version text NOT NULL,
    empathy numeric(4, 2), adaptability numeric(4, 2), collaboration numeric(4, 2), communication numeric(4, 2),
    self_regulation numeric(4, 2),
    confidence_empathy numeric(4, 3), confidence_adaptability numeric(4, 3), confidence_collaboration numeric(4, 3),
    confidence_communication numeric(4, 3), confidence_self_regulation numeric(4, 3),
    utterance_count integer NOT NULL,
    words_spoken integer NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (job_id, student_id, model_version)
);
CREATE INDEX IF NOT EXISTS assessments_student ON assessments (student_id, assessed_on DESC, created_at DESC);
CREATE INDEX IF NOT EXISTS assessments_class ON assessments (class_id, assessed_on);

-- Offsets are code points of the text of line span_location, which starts with the word line.
CREATE TABLE IF NOT EXISTS evidence (
    evidence_id uuid PRIMARY KEY,
    assessment_id uuid NOT NULL REFERENCES assessments ON DELETE CASCADE,
    skill text NOT NULL,
    span_text text NOT NULL,
    span_location text NOT NULL,
    line_number integer NOT NULL,
    start_offset integer NOT NULL,
    end_offset integer NOT NULL,
    context text NOT NULL,
    rationale text NOT NULL,
    score_contrib numeric(5, 3) NOT NULL,
    confidence numeric(4, 3) NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS evidence_assessment ON evidence (assessment_id, skill, score_contrib DESC);

CREATE TABLE IF NOT EXISTS class_aggregates (
    class_id text NOT NULL,
    window_start date NOT NULL,
    window_end date NOT NULL,
    metric_name text NOT NULL,
    metric_value numeric(10, 4) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (class_id, window_start, window_end, metric_name)
);

-- Who looked at what, and who removed it; never the data itself. Kept when a pupil is deleted.
CREATE TABLE IF NOT EXISTS audit (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    role text NOT NULL,
    action text NOT NULL,
    record text NOT NULL,
    address text NOT NULL
);
CREATE INDEX IF NOT EXISTS audit_record ON audit (record, action, occurred_at);
