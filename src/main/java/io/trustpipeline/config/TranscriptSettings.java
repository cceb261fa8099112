package io.trustpipeline.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Assessments of transcripts.
 *
 * @param table of jobs, in DynamoDB
 * @param tableEndpoint another DynamoDB than AWS's
 * @param queueEndpoint another SQS than AWS's
 * @param visibility for how long a message that somebody works on is hidden; it is extended meanwhile
 * @param model a SpanCat model that scores instead of the cue lists
 * @param cues lists instead of those that come with the program
 * @param tokenKey the key by which tokens of the HTTP API are signed (HMAC)
 * @param tokenKeys where an identity provider publishes its keys, in place of a shared one
 * @param tokenIssuer who makes tokens, when its keys are published
 * @param tokenAudience whom tokens are for, when keys are published
 * @param port of the HTTP API; 0 for any free one
 * @param requestsAMinute of one caller of the HTTP API
 */
public record TranscriptSettings(
        Optional<String> table,
        Optional<URI> tableEndpoint,
        String scoreQueue,
        String aggregateQueue,
        Optional<URI> queueEndpoint,
        Duration visibility,
        Optional<Path> model,
        Optional<Path> cues,
        Optional<Secret> tokenKey,
        Optional<URI> tokenKeys,
        Optional<String> tokenIssuer,
        Optional<String> tokenAudience,
        int port,
        int requestsAMinute) {}
