package io.trustpipeline.cli;

import io.trustpipeline.transcripts.jobs.Aggregation;
import io.trustpipeline.transcripts.jobs.PupilScoring;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

import java.util.Map;

/** Messages as Camel hands them over. */
final class TranscriptMessages {
    private final PupilScoring scoring;
    private final Aggregation aggregation;

    TranscriptMessages(PupilScoring scoring, Aggregation aggregation) {
        this.scoring = scoring;
        this.aggregation = aggregation;
    }

    public @Nullable String score(
            @Body String body, @Header("CamelAwsSqsAttributes") Map<MessageSystemAttributeName, String> attributes) {
        return scoring.score(body, receives(attributes));
    }

    public @Nullable String aggregate(
            @Body String body, @Header("CamelAwsSqsAttributes") Map<MessageSystemAttributeName, String> attributes) {
        return aggregation.aggregate(body, receives(attributes));
    }

    private static int receives(Map<MessageSystemAttributeName, String> attributes) {
        return Integer.parseInt(attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
    }
}
