package io.trustpipeline.transcripts.jobs;

import io.trustpipeline.transcripts.read.Format;

import java.time.LocalDate;

/** Where the objects of a job are. */
public final class JobKeys {
    public static final String PREFIX = "transcripts/";

    static final String RAW = PREFIX + "raw/";

    private JobKeys() {}

    /** What was announced over HTTP. */
    static String announcement(String artifactId) {
        return PREFIX + "artifacts/" + artifactId + ".json";
    }

    static boolean isUploadOf(String key, String classId) {
        String[] parts = key.substring(RAW.length()).split("/");
        return parts.length > 2 && parts[1].equals(classId);
    }

    static String artifactOf(String uploadKey) {
        String name = uploadKey.substring(uploadKey.lastIndexOf('/') + 1);
        return name.substring(0, Math.max(0, name.indexOf('_')));
    }

    /** Where an upload goes; formats that only pupils' own work comes in have a folder of their own. */
    public static String raw(String environment, String classId, LocalDate date, String artifactId, String fileName) {
        String folder = Format.isArtefact(fileName) ? "/artifacts/" : "/transcripts/";
        return RAW + environment + "/" + classId + "/" + date + folder + artifactId + "_"
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
