package io.trustpipeline.transcripts.api;

/** A request that is not carried out, as problem+json (RFC 9457) says it. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Problem(int status, String detail) {
        super(detail);
        this.status = status;
    }

    static Problem invalid(String detail) {
        return new Problem(400, detail);
    }

    /** Also for what exists in a class that is not the caller's: who may not see it learns nothing. */
    static Problem unknown(String what) {
        return new Problem(404, what + ": not found");
    }

    int status() {
        return status;
    }

    String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
