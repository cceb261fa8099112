package io.trustpipeline.chunked;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares every row of the table after a run with what the oracle makes of the same row before it. */
final class OracleComparison {
    private static final List<String> WRITTEN = List.of(
            "MinuteDiffBetweenSch",
            "DistanceMilesFromLatLng",
            "AverageMilesPerHour",
            "ETATravleMinutes",
            "ConSchStartTime",
            "ConSchEndTime",
            "ConVisitStartTime",
            "ConVisitEndTime",
            "ConProviderName",
            "BillRateBoth",
            "ConBillRateBoth");
    private static final int FIRST_SHOWN = 5;

    final List<String> differences = new ArrayList<>();
    final VisitConflictOracle oracle;
    long rows;
    long clashes;
    long unseen;
    long changed;

    /** @param before a database that no run has touched */
    OracleComparison(String before, String after) throws SQLException {
        try (Connection source = DriverManager.getConnection(before);
                Connection result = DriverManager.getConnection(after)) {
            oracle = new VisitConflictOracle(source, VisitDatabase.RUN_DATE);
            source.setAutoCommit(false);
            result.setAutoCommit(false);
            try (Statement one = source.createStatement();
                    Statement two = result.createStatement()) {
                one.setFetchSize(2_000);
                two.setFetchSize(2_000);
                String query = "SELECT * FROM conflict.conflictvisitmaps ORDER BY \"ID\"";
                try (ResultSet was = one.executeQuery(query);
                        ResultSet is = two.executeQuery(query)) {
                    while (was.next()) {
                        is.next();
                        compare(was, is);
                    }
                }
            }
        }
    }

    private void compare(ResultSet was, ResultSet is) throws SQLException {
        rows++;
        List<Object> expected = state(was);
        VisitConflictOracle.Clash clash =
                inScope(was) ? oracle.clash(was.getString("VisitID"), was.getString("ConVisitID")) : null;
        if (clash != null) {
            clashes++;
            for (int i = 0; i < 7; i++) {
                boolean risen = clash.rules()[i] || "Y".equals(expected.get(i));
                expected.set(i, risen ? "Y" : "N");
            }
            for (int i = 0; i < WRITTEN.size(); i++) {
                expected.set(7 + i, clash.columns().get(i));
            }
            boolean kept = Arrays.asList("W", "I", "D").contains(was.getString("StatusFlag"));
            expected.set(18, kept ? was.getString("StatusFlag") : "U");
            expected.set(19, null);
            expected.set(20, null);
        } else if (inScope(was)) {
            unseen++;
            expected.set(19, java.math.BigDecimal.ONE);
        }
        List<Object> found = state(is);
        boolean same = expected.equals(found);
        boolean touched = !found.equals(state(was));
        changed += touched ? 1 : 0;
        boolean dated = is.getObject("UpdatedDate") != null;
        if ((!same || dated != (touched && clash != null)) && differences.size() < FIRST_SHOWN) {
            differences.add(
                    "row " + was.getString("ID") + ": expected " + expected + ", is " + found + ", dated " + dated);
        }
    }

    private static boolean inScope(ResultSet row) throws SQLException {
        LocalDate day = row.getObject("VisitDate", LocalDate.class);
        String ssn = row.getString("SSN");
        return row.getObject("CONFLICTID") != null
                && ssn != null
                && !ssn.isBlank()
                && row.getObject("InserviceStartDate") == null
                && row.getObject("ConPTOEndDate") == null
                && !day.isBefore(VisitDatabase.RUN_DATE.minusYears(2))
                && !day.isAfter(VisitDatabase.RUN_DATE.plusDays(45));
    }

    private static List<Object> state(ResultSet row) throws SQLException {
        List<Object> state = new ArrayList<>();
        for (String flag : VisitConflictOracle.FLAGS) {
            state.add(row.getString(flag));
        }
        for (int i = 0; i < WRITTEN.size(); i++) {
            boolean time = i >= 4 && i <= 7;
            state.add(time ? row.getObject(WRITTEN.get(i), LocalDateTime.class) : row.getObject(WRITTEN.get(i)));
        }
        state.add(row.getString("StatusFlag"));
        state.add(row.getBigDecimal("UpdateFlag"));
        state.add(row.getObject("ResolveDate", LocalDateTime.class));
        return state;
    }
}
