package io.trustpipeline.transcripts.jobs;

import java.time.LocalDate;

/** Where the objects of a job are. */
public final class JobKeys {
    public static final String PREFIX = "transcripts/";

    private JobKeys() {}

    public static String raw(String environment, String classId, LocalDate date, String artifactId, String fileName) {
        return PREFIX + "raw/" + environment + "/" + classId + "/" + date + "/transcripts/" + artifactId + "_"
                + fileName.replaceAll("[\\s/\\\\\\p{Cc}\\p{Cf}]", "_");
    }

    static String normalized(Job job) {
        return PREFIX + "normalized/" + job.classId() + "/" + job.date() + "/" + job.jobId() + ".jsonl";
    }

    static String pupilScores(Job job, String studentId) {
        return PREFIX + "scores/" + job.classId() + "/" + job.date() + "/" + job.jobId() + "/" + studentId + ".json";
    }

    static String scores(Job job) {
        return PREFIX + "scores/" + job.classId() + "/" + job.date() + "/" + job.jobId() + ".json";
    }

    static String aggregate(Job job) {
        return PREFIX + "aggregates/" + job.classId() + "/" + job.date() + "/" + job.jobId() + ".json";
    }
}
