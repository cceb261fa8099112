package io.trustpipeline.transcripts.api;

import java.util.Locale;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name of at most 40 characters
 * @param classes of an educator or reader; an administrator sees all
 */
record Caller(String subject, String name, Role role, Set<String> classes, String address) {
    /** What somebody may do. */
    enum Role {
        EDUCATOR,
        ADMIN,
        READ_ONLY;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean sees(String classId) {
        return role == Role.ADMIN || classes.contains(classId);
    }
}
