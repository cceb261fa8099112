package io.trustpipeline.chunked;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which pairs of visits clash, and what their rows then say: written from the table of rules, in plain Java, a row at a
 * time, and knowing nothing of the statements that it judges.
 */
final class VisitConflictOracle {
    private static final List<Integer> SPEED_BORDERS = List.of(0, 2, 5, 10, 25, 50, 100, 500);
    private static final List<Integer> SPEEDS = List.of(2, 6, 15, 25, 45, 55, 60);
    static final List<String> FLAGS = List.of(
            "SameSchTimeFlag",
            "SameVisitTimeFlag",
            "SchAndVisitTimeSameFlag",
            "SchOverAnotherSchTimeFlag",
            "VisitTimeOverAnotherVisitTimeFlag",
            "SchTimeOverVisitTimeFlag",
            "DistanceFlag");

    private final LocalDate from;
    private final LocalDate to;
    private final BigDecimal extraDistance;
    private final Map<String, Visit> visits = new HashMap<>();

    /** What was met, by rule and border: a test that met too little proves nothing. */
    final Map<String, Integer> met = new HashMap<>();

    private record Interval(LocalDateTime start, LocalDateTime end) {
        boolean identical(Interval other) {
            return start.equals(other.start) && end.equals(other.end);
        }

        boolean touches(Interval other) {
            return start.equals(other.end) || end.equals(other.start);
        }

        boolean overlaps(Interval other) {
            return start.isBefore(other.end) && end.isAfter(other.start) && !identical(other);
        }
    }

    private record Visit(
            LocalDate day,
            String ssn,
            String provider,
            String providerName,
            boolean eligible,
            LocalDateTime s1,
            LocalDateTime s2,
            LocalDateTime v1,
            LocalDateTime v2,
            double[] in,
            double[] out,
            double[] home,
            String zip,
            BigDecimal rate) {
        Interval plan() {
            return s1 == null || s2 == null ? null : new Interval(s1, s2);
        }

        Interval actual() {
            return v1 == null || v2 == null ? null : new Interval(v1, v2);
        }

        boolean plannedOnly() {
            return v1 == null && v2 == null;
        }
    }

    /** What the pair's row must say, column by column; null when the pair does not clash. */
    record Clash(boolean[] rules, List<Object> columns) {}

    VisitConflictOracle(Connection connection, LocalDate runDate) throws SQLException {
        this.from = runDate.minusYears(2);
        this.to = runDate.plusDays(45);
        Set<String> excludedAgencies =
                new HashSet<>(column(connection, "SELECT \"ProviderID\" FROM conflict.excluded_agency"));
        Set<String> excludedSsns = new HashSet<>(column(connection, "SELECT \"SSN\" FROM conflict.excluded_ssn"));
        this.extraDistance = new BigDecimal(column(connection, "SELECT \"ExtraDistancePer\" FROM conflict.settings")
                .get(0));
        Map<String, String[]> homes = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            // Later rows replace earlier ones: the newest primary address remains.
            try (ResultSet row = statement.executeQuery("SELECT \"PatientID\", \"GPS\", \"Zip\" FROM"
                    + " analytics.dimpatientaddress WHERE \"Primary\" ORDER BY \"UpdatedDate\", \"AddressID\"")) {
                while (row.next()) {
                    homes.put(row.getString(1), new String[] {row.getString(2), row.getString(3)});
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT f.*, c.\"SSN\", p.\"ProviderName\", p.\"IsActive\","
                    + " p.\"IsDemo\" FROM analytics.factvisitcallperformance_cr f"
                    + " JOIN analytics.dimcaregiver c USING (\"CaregiverID\")"
                    + " JOIN analytics.dimprovider p USING (\"ProviderID\")")) {
                while (row.next()) {
                    String ssn = row.getString("SSN").strip();
                    String provider = row.getString("ProviderID");
                    String[] home = homes.getOrDefault(row.getString("PatientID"), new String[2]);
                    visits.put(
                            row.getString("VisitID"),
                            new Visit(
                                    row.getObject("VisitDate", LocalDate.class),
                                    ssn,
                                    provider,
                                    row.getString("ProviderName"),
                                    row.getBoolean("IsActive")
                                            && !row.getBoolean("IsDemo")
                                            && !excludedAgencies.contains(provider)
                                            && !excludedSsns.contains(ssn)
                                            && !ssn.isEmpty(),
                                    row.getObject("SchStartTime", LocalDateTime.class),
                                    row.getObject("SchEndTime", LocalDateTime.class),
                                    row.getObject("VisitStartTime", LocalDateTime.class),
                                    row.getObject("VisitEndTime", LocalDateTime.class),
                                    point(row.getString("CallInGPS")),
                                    point(row.getString("CallOutGPS")),
                                    point(home[0]),
                                    home[1],
                                    row.getBigDecimal(
                                            "yes".equals(row.getString("Billed"))
                                                    ? "BilledRate"
                                                    : "BillRateNonBilled")));
                }
            }
        }
    }

    Clash clash(String visitId, String conVisitId) {
        Visit a = visits.get(visitId);
        Visit b = visits.get(conVisitId);
        if (a == null
                || b == null
                || !a.eligible()
                || !b.eligible()
                || a.provider().equals(b.provider())) {
            return null;
        }
        if (!a.day().equals(b.day())
                || !a.ssn().equals(b.ssn())
                || a.day().isBefore(from)
                || a.day().isAfter(to)) {
            return null;
        }
        boolean[] rules = rules(a, b);
        long gap = gap(a, b);
        double[] first = first(a.out(), a.in(), a.home());
        double[] second = first(b.in(), b.out(), b.home());
        BigDecimal miles = first == null || second == null ? null : miles(first, second);
        Integer mph = miles == null ? null : speed(miles);
        BigDecimal eta = mph == null
                ? null
                : miles.multiply(BigDecimal.valueOf(60)).divide(BigDecimal.valueOf(mph), 2, RoundingMode.HALF_UP);
        boolean sameZip = a.zip() != null && a.zip().equals(b.zip());
        boolean late = eta != null && gap > 0 && eta.compareTo(BigDecimal.valueOf(gap)) > 0;
        if (a.actual() != null && b.actual() != null && late) {
            met(sameZip ? "same zip" : "distance");
            rules[6] = !sameZip;
        }
        if (miles != null && mph == null) {
            met("no speed");
        }
        boolean any = false;
        for (int i = 0; i < rules.length; i++) {
            any |= rules[i];
            if (rules[i]) {
                met(FLAGS.get(i));
            }
        }
        return !any
                ? null
                : new Clash(
                        rules,
                        Arrays.asList(
                                BigDecimal.valueOf(gap),
                                miles,
                                mph == null ? null : BigDecimal.valueOf(mph).setScale(2),
                                eta == null ? null : eta.setScale(0, RoundingMode.HALF_UP),
                                b.s1(),
                                b.s2(),
                                b.v1(),
                                b.v2(),
                                b.providerName(),
                                a.rate(),
                                b.rate()));
    }

    private boolean[] rules(Visit a, Visit b) {
        boolean[] rules = new boolean[7];
        if (a.plannedOnly() && b.plannedOnly()) {
            pair(rules, a.plan(), b.plan(), 0, 3);
        } else if (a.actual() != null && b.actual() != null) {
            pair(rules, a.actual(), b.actual(), 1, 4);
        } else if (a.plannedOnly() && b.actual() != null) {
            pair(rules, a.plan(), b.actual(), 2, 5);
        } else if (a.actual() != null && b.plannedOnly()) {
            pair(rules, a.actual(), b.plan(), 2, 5);
        } else {
            met("half a visit");
        }
        return rules;
    }

    private void pair(boolean[] rules, Interval x, Interval y, int identical, int overlapping) {
        if (x == null || y == null) {
            met(x == null && y == null ? "two empty schedules" : "an empty schedule");
            return;
        }
        rules[identical] = x.identical(y);
        rules[overlapping] = x.overlaps(y);
        if (x.touches(y)) {
            met("touching");
        }
    }

    private static long gap(Visit a, Visit b) {
        return least(minutes(a.v2(), b.v1()), minutes(b.v2(), a.v1()));
    }

    private static long minutes(LocalDateTime end, LocalDateTime start) {
        return end == null || start == null ? 0 : Duration.between(end, start).toMinutes();
    }

    private static long least(long x, long y) {
        return x > 0 && y > 0 ? Math.min(x, y) : Math.max(0, Math.max(x, y));
    }

    private BigDecimal miles(double[] a, double[] b) {
        double dLat = Math.sin(Math.toRadians(b[0] - a[0]) / 2);
        double dLon = Math.sin(Math.toRadians(b[1] - a[1]) / 2);
        double h = dLat * dLat + Math.cos(Math.toRadians(a[0])) * Math.cos(Math.toRadians(b[0])) * dLon * dLon;
        double miles = 2 * 6371000 * Math.asin(Math.sqrt(h)) / 1609.34;
        return new BigDecimal(miles, new MathContext(15))
                .multiply(extraDistance)
                .setScale(2, RoundingMode.HALF_UP);
    }

    private static Integer speed(BigDecimal miles) {
        for (int i = 0; i < SPEEDS.size(); i++) {
            if (miles.compareTo(BigDecimal.valueOf(SPEED_BORDERS.get(i))) >= 0
                    && miles.compareTo(BigDecimal.valueOf(SPEED_BORDERS.get(i + 1))) < 0) {
                return SPEEDS.get(i);
            }
        }
        return null;
    }

    private static double[] first(double[]... points) {
        return Arrays.stream(points).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static double[] point(String gps) {
        if (gps == null) {
            return null;
        }
        String[] parts = gps.replace("\"", "").split(",");
        try {
            return parts.length == 2 ? new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])} : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void met(String what) {
        met.merge(what, 1, Integer::sum);
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }
}
