package io.trustpipeline.transcripts.jobs;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The jobs, in DynamoDB. Every move is a conditional update: a state that somebody else has left behind cannot come
 * back, whatever was delivered late or twice. Thread-safe.
 */
public final class JobTable {
    /** After that the item is forgotten; assessments and the audit are in the database. */
    private static final Duration KEPT = Duration.ofDays(3 * 366);

    private final DynamoDbClient client;
    private final String table;
    private final Clock clock;

    public JobTable(DynamoDbClient client, String table, Clock clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    /**
     * Begins a job, or finds it begun by the same request.
     *
     * @throws PipelineException REQUEST_REFUSED when the id belongs to another request
     */
    public Job begin(JobRequest request) {
        Instant now = clock.instant();
        try {
            client.putItem(put -> put.tableName(table)
                    .item(JobItems.created(request, now, now.plus(KEPT)))
                    .conditionExpression("attribute_not_exists(" + JobItems.JOB + ")"));
        } catch (ConditionalCheckFailedException taken) {
            requireFree(request);
        }
        return require(request.jobId());
    }

    /** @throws PipelineException REQUEST_REFUSED when the id belongs to another request */
    void requireFree(JobRequest request) {
        if (find(request.jobId())
                .filter(job -> !job.request().asksTheSameAs(request))
                .isPresent()) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "job_id: " + request.jobId() + " belongs to another request; leave it out, or use another");
        }
    }

    public Optional<Job> find(String jobId) {
        Map<String, AttributeValue> item = client.getItem(
                        get -> get.tableName(table).key(JobItems.key(jobId)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(JobItems.job(item));
    }

    /** @throws PipelineException DATA_REFUSED when there is no such job */
    public Job require(String jobId) {
        return find(jobId).orElseThrow(() -> new PipelineException(ExitCode.DATA_REFUSED, jobId + ": no such job"));
    }

    /** Moves on, if nobody is there or farther already. @return whether this call moved it */
    public boolean move(String jobId, JobState to) {
        return move(jobId, to, Map.of());
    }

    boolean move(String jobId, JobState to, Map<String, AttributeValue> more) {
        Instant now = clock.instant();
        Map<String, AttributeValue> set = new HashMap<>(more);
        set.put(JobItems.STATUS, JobItems.text(to.code()));
        set.put("updated_at", JobItems.text(now.toString()));
        if (to == JobState.PROCESSING) {
            set.put(JobItems.STARTED, JobItems.text(now.toString()));
        }
        if (to.isEnd()) {
            set.put(JobItems.ENDED, JobItems.text(now.toString()));
            long created = find(jobId).map(Job::createdAt).orElse(now).getEpochSecond();
            set.put("duration_seconds", AttributeValue.fromN(Long.toString(now.getEpochSecond() - created)));
        }
        if (to == JobState.SUCCEEDED) {
            set.put(JobItems.ERROR, JobItems.text(""));
            set.put("completed_at", JobItems.text(now.toString()));
        }
        return update(jobId, set, to.predecessors());
    }

    /** Ends a job that cannot go on. @return whether it was still under way */
    public boolean fail(String jobId, String why) {
        return move(jobId, JobState.FAILED, Map.of(JobItems.ERROR, JobItems.text(why)));
    }

    /** Every name is aliased: {@code error} and {@code status} are reserved words, and others may become so. */
    private boolean update(String jobId, Map<String, AttributeValue> set, List<JobState> from) {
        if (from.isEmpty()) {
            return false;
        }
        Map<String, String> names = new HashMap<>(Map.of("#from", JobItems.STATUS));
        Map<String, AttributeValue> values = new HashMap<>();
        StringJoiner assignments = new StringJoiner(", ", "SET ", "");
        set.forEach((name, value) -> {
            names.put("#" + name, name);
            values.put(":" + name, value);
            assignments.add("#" + name + " = :" + name);
        });
        StringJoiner allowed = new StringJoiner(", ", "#from IN (", ")");
        for (JobState state : from) {
            values.put(":from_" + state.code(), JobItems.text(state.code()));
            allowed.add(":from_" + state.code());
        }
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(JobItems.key(jobId))
                    .updateExpression(assignments.toString())
                    .conditionExpression(allowed.toString())
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException elsewhere) {
            return false;
        }
    }

    /** Notes that a pupil's scores are stored; noting it twice changes nothing. @return the job as it is then */
    Job scored(String jobId, String studentId) {
        return JobItems.job(client.updateItem(update -> update.tableName(table)
                        .key(JobItems.key(jobId))
                        .updateExpression("ADD #scored :student")
                        .conditionExpression("attribute_exists(#job)")
                        .expressionAttributeNames(Map.of("#scored", JobItems.SCORED, "#job", JobItems.JOB))
                        .expressionAttributeValues(Map.of(":student", AttributeValue.fromSs(List.of(studentId))))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes());
    }

    /** Takes a pupil off a job's roster, and away the name of the upload, which may be the pupil's. */
    void forget(Job job, String roster) {
        client.updateItem(update -> update.tableName(table)
                .key(JobItems.key(job.jobId()))
                .updateExpression("SET #metadata.#roster = :roster, #file = :file, #inputs = :inputs")
                .conditionExpression("attribute_exists(#job)")
                .expressionAttributeNames(Map.of(
                        "#metadata",
                        JobItems.METADATA,
                        "#roster",
                        JobItems.ROSTER,
                        "#file",
                        JobItems.FILE,
                        "#inputs",
                        JobItems.INPUTS,
                        "#job",
                        JobItems.JOB))
                .expressionAttributeValues(Map.of(
                        ":roster",
                        JobItems.text(roster),
                        ":file",
                        JobItems.text("deleted." + job.format().ending()),
                        ":inputs",
                        JobItems.texts(List.of(JobKeys.RAW + "deleted")))));
    }

    /** The jobs of a class, newest first. */
    public List<Job> ofClass(String classId, int most) {
        return query("class_id-created_at-index", JobItems.CLASS, classId, most);
    }

    /** The jobs in a state, newest first. */
    public List<Job> in(JobState state, int most) {
        return query("status-created_at-index", JobItems.STATUS, state.code(), most);
    }

    private List<Job> query(String index, String name, String value, int most) {
        return client
                .queryPaginator(query -> query.tableName(table)
                        .indexName(index)
                        .keyConditionExpression("#key = :key")
                        .expressionAttributeNames(Map.of("#key", name))
                        .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(value)))
                        .scanIndexForward(false))
                .items()
                .stream()
                .limit(most)
                .map(JobItems::job)
                .toList();
    }
}
