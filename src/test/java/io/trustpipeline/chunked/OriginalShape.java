package io.trustpipeline.chunked;

import java.util.Map;

/**
 * The statement that this product replaces, in its shape: see {@code original-update.sql}. Repetitions stand in it as often
 * as they do in the original; they are spelled once here.
 */
final class OriginalShape {
    private static final String GAP_12 = "extract(epoch FROM (two.v1 - one.v2)) / 60";
    private static final String GAP_21 = "extract(epoch FROM (one.v1 - two.v2)) / 60";
    private static final String MILES =
            "round((6371000 * 2 * asin(sqrt(power(sin(radians((two.latitude - one.latitude) / 2)), 2)"
                    + " + cos(radians(one.latitude)) * cos(radians(two.latitude))"
                    + " * power(sin(radians((two.longitude - one.longitude) / 2)), 2))) / 1609.34"
                    + " * setting.\"ExtraDistancePer\")::numeric, 2)";
    private static final String ETA = "round(" + MILES + " / nullif(speed.\"AverageMilesPerHour\", 0) * 60, 2)";

    private OriginalShape() {}

    /** Marks every row of a chunk, or of the window, whether it clashes or not. */
    static String mark(String chunk) {
        return "UPDATE conflict.conflictvisitmaps AS cvm SET \"UpdateFlag\" = 1 WHERE cvm.\"CONFLICTID\" IS NOT NULL"
                + " AND (cvm.\"UpdateFlag\" IS NULL OR cvm.\"UpdateFlag\" <> 1)" + chunk;
    }

    /** @param chunk what limits the rows that are written; it does not limit the self-join */
    static String update(String chunk) {
        String update = VisitDatabase.resource("original-update.sql")
                .replace(
                        "/*VISITS1*/",
                        visits(
                                "map.\"CONFLICTID\"",
                                "CallOutGPS",
                                "CallInGPS",
                                "LEFT JOIN conflict.conflictvisitmaps AS map"
                                        + " ON map.\"VisitID\" = fact.\"VisitID\"::varchar AND map.\"CONFLICTID\" IS NOT NULL"))
                .replace("/*VISITS2*/", visits("CAST(NULL AS bigint)", "CallInGPS", "CallOutGPS", ""))
                .replace("/*GAP12*/", GAP_12)
                .replace("/*GAP21*/", GAP_21)
                .replace("/*MILES*/", MILES)
                .replace("/*CHUNK*/", chunk);
        for (Map.Entry<String, String> rule : rules().entrySet()) {
            update = update.replace("/*" + rule.getKey() + "*/", rule.getValue());
        }
        return update;
    }

    private static String visits(String conflict, String firstGps, String secondGps, String join) {
        return VisitDatabase.resource("original-visits.sql")
                .replace("/*CONFLICT*/", conflict)
                .replace("/*FIRST*/", firstGps)
                .replace("/*SECOND*/", secondGps)
                .replace("/*CONFLICT_JOIN*/", join);
    }

    private static Map<String, String> rules() {
        return Map.of(
                "RULE1",
                planned("one") + " AND " + planned("two") + " AND " + text("one", "s") + " = " + text("two", "s"),
                "RULE2",
                actual("one") + " AND " + actual("two") + " AND " + text("one", "v") + " = " + text("two", "v"),
                "RULE3",
                "(" + planned("two") + " AND " + actual("one") + " AND " + text("two", "s") + " = " + text("one", "v")
                        + ") OR (" + planned("one") + " AND " + actual("two") + " AND " + text("one", "s") + " = "
                        + text("two", "v") + ")",
                "RULE4",
                planned("one") + " AND " + planned("two") + " AND " + overlap("one", "s", "two", "s"),
                "RULE5",
                actual("one") + " AND " + actual("two") + " AND " + overlap("one", "v", "two", "v"),
                "RULE6",
                "(" + planned("one") + " AND " + actual("two") + " AND " + overlap("one", "s", "two", "v") + ") OR ("
                        + planned("two") + " AND " + actual("one") + " AND " + overlap("two", "s", "one", "v") + ")",
                "RULE7",
                "one.longitude IS NOT NULL AND one.latitude IS NOT NULL AND two.longitude IS NOT NULL"
                        + " AND two.latitude IS NOT NULL AND " + actual("one") + " AND " + actual("two")
                        + " AND ((one.zip IS NOT NULL AND two.zip IS NOT NULL AND one.zip <> two.zip)"
                        + " OR one.zip IS NULL OR two.zip IS NULL) AND speed.\"AverageMilesPerHour\" IS NOT NULL"
                        + " AND ((" + GAP_12 + " > 0 AND " + ETA + " > " + GAP_12 + ") OR (" + GAP_21 + " > 0 AND "
                        + ETA + " > " + GAP_21 + "))");
    }

    private static String planned(String visit) {
        return visit + ".v1 IS NULL AND " + visit + ".v2 IS NULL";
    }

    private static String actual(String visit) {
        return visit + ".v1 IS NOT NULL AND " + visit + ".v2 IS NOT NULL";
    }

    private static String text(String visit, String times) {
        return "concat(" + visit + "." + times + "1, '~', " + visit + "." + times + "2)";
    }

    private static String overlap(String a, String x, String b, String y) {
        return a + "." + x + "1 < " + b + "." + y + "2 AND " + a + "." + x + "2 > " + b + "." + y + "1 AND "
                + text(a, x) + " <> " + text(b, y);
    }
}
