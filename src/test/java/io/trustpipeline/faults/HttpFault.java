package io.trustpipeline.faults;

/** What may happen to one exchange between the program and a service. */
public enum HttpFault {
    /** The service is overloaded. */
    ANSWER_503,
    /** The service has an internal error. */
    ANSWER_500,
    /** The service asks to slow down. */
    THROTTLE,
    /** A conditional write met another one and could not be decided. */
    ANSWER_409,
    /** A condition is said not to hold. */
    ANSWER_412,
    /** The service thinks that our clock is wrong. */
    CLOCK_SKEW,
    /** A list that knows nothing of the latest objects: the worst one, an empty one. */
    STALE_LIST,
    /** The answer takes long to begin and comes in small pieces. */
    SLOW,
    /** The connection is reset in the middle of the request's body. */
    RESET_IN_REQUEST,
    /** The connection is reset in the middle of the answer's body. */
    RESET_IN_ANSWER,
    /** The service does what it was asked, but its answer is lost. */
    LOST_ANSWER;

    /** Whether the proxy answers by itself, without asking the service. */
    boolean answered() {
        return switch (this) {
            case ANSWER_503, ANSWER_500, THROTTLE, ANSWER_409, ANSWER_412, CLOCK_SKEW, STALE_LIST -> true;
            case SLOW, RESET_IN_REQUEST, RESET_IN_ANSWER, LOST_ANSWER -> false;
        };
    }

    String status() {
        return switch (this) {
            case ANSWER_503 -> "503 Service Unavailable";
            case ANSWER_500 -> "500 Internal Server Error";
            case THROTTLE -> "400 Bad Request";
            case ANSWER_409 -> "409 Conflict";
            case ANSWER_412 -> "412 Precondition Failed";
            case CLOCK_SKEW -> "403 Forbidden";
            default -> "200 OK";
        };
    }

    String body() {
        return switch (this) {
            case ANSWER_503 -> error("ServiceUnavailable");
            case ANSWER_500 -> error("InternalError");
            case THROTTLE ->
                "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code>"
                        + "<Message>Rate exceeded</Message></Error></ErrorResponse>";
            case ANSWER_409 -> error("ConditionalRequestConflict");
            case ANSWER_412 -> error("PreconditionFailed");
            case CLOCK_SKEW -> error("RequestTimeTooSkewed");
            case STALE_LIST ->
                "<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount>" + "</ListBucketResult>";
            default -> "";
        };
    }

    private static String error(String code) {
        return "<Error><Code>" + code + "</Code><Message>by the fault proxy</Message></Error>";
    }
}
