-- The figures of a class in a window, 0 to 100. Of several assessments of one session the newest counts. Momentum is the
-- mean of the window's last day minus that of its first.
-- Parameters: class, first day, last day, class, first day, last day.
WITH newest AS (
    SELECT DISTINCT ON (artifact_id, student_id) *
    FROM assessments
    WHERE class_id = ? AND assessed_on BETWEEN ? AND ?
    ORDER BY artifact_id, student_id, created_at DESC, model_version DESC, job_id DESC
), scores AS (
    SELECT assessed_on, skill, score
    FROM newest, LATERAL (VALUES ('empathy', empathy), ('adaptability', adaptability), ('collaboration', collaboration),
        ('communication', communication), ('self_regulation', self_regulation)) AS single (skill, score)
    WHERE score IS NOT NULL
), days AS (
    SELECT skill, assessed_on, avg(score) AS score FROM scores GROUP BY skill, assessed_on
), metrics AS (
    SELECT 'avg_' || skill AS metric_name, 10 * avg(score) AS metric_value FROM scores GROUP BY skill
    UNION ALL
    SELECT 'momentum_' || skill,
        10 * ((array_agg(score ORDER BY assessed_on DESC))[1] - (array_agg(score ORDER BY assessed_on))[1])
    FROM days GROUP BY skill
)
INSERT INTO class_aggregates (class_id, window_start, window_end, metric_name, metric_value)
SELECT ?, ?, ?, metric_name, metric_value FROM metrics
ON CONFLICT (class_id, window_start, window_end, metric_name)
    DO UPDATE SET metric_value = excluded.metric_value, created_at = now()
