package io.trustpipeline.credits.fakes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/**
 * The end of a query, as the protocol has it.
 *
 * @param columns null when it failed
 * @param error null when all went well
 */
record QueryAnswer(
        @Nullable ArrayNode columns,
        @Nullable ArrayNode data,
        @Nullable String updateType,
        @Nullable ObjectNode error) {
    private static final int LONGEST_TEXT = Integer.MAX_VALUE;

    /** Of a statement that has no rows to give: it says that it was carried out. */
    static QueryAnswer done(String updateType) {
        ArrayNode columns = LoopbackServer.JSON.createArrayNode();
        type(columns.addObject().put("name", "result"), "boolean", "boolean");
        ArrayNode data = LoopbackServer.JSON.createArrayNode();
        data.addArray().add(true);
        return new QueryAnswer(columns, data, updateType, null);
    }

    static QueryAnswer failed(int code, String name, String message) {
        ObjectNode error = LoopbackServer.JSON.createObjectNode();
        error.put("message", message).put("errorCode", code).put("errorName", name);
        error.put("errorType", code >= 0x2_0000 ? "INSUFFICIENT_RESOURCES" : "USER_ERROR");
        ObjectNode info = error.putObject("failureInfo");
        info.put("type", "io.trino.spi.TrinoException").put("message", message);
        info.putArray("suppressed");
        info.putArray("stack");
        return new QueryAnswer(null, null, null, error);
    }

    static QueryAnswer of(ResultSet result) throws SQLException {
        try (result) {
            ResultSetMetaData meta = result.getMetaData();
            ArrayNode columns = LoopbackServer.JSON.createArrayNode();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                column(columns.addObject(), meta, i);
            }
            ArrayNode data = LoopbackServer.JSON.createArrayNode();
            while (result.next()) {
                ArrayNode row = data.addArray();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    value(row, meta, result, i);
                }
            }
            return new QueryAnswer(columns, data, null, null);
        }
    }

    private static void column(ObjectNode column, ResultSetMetaData meta, int i) throws SQLException {
        column.put("name", meta.getColumnLabel(i));
        switch (kind(meta, i)) {
            case Types.BIGINT -> type(column, "bigint", "bigint");
            case Types.BOOLEAN -> type(column, "boolean", "boolean");
            case Types.DOUBLE -> type(column, "double", "double");
            case Types.DATE -> type(column, "date", "date");
            case Types.DECIMAL -> {
                String name = meta.getColumnTypeName(i);
                boolean huge = !name.startsWith("DECIMAL");
                int precision = huge ? 38 : meta.getPrecision(i);
                int scale = huge ? 0 : meta.getScale(i);
                type(column, "decimal(" + precision + "," + scale + ")", "decimal", precision, scale);
            }
            default -> type(column, "varchar", "varchar", LONGEST_TEXT);
        }
    }

    private static void type(ObjectNode column, String type, String raw, int... arguments) {
        column.put("type", type);
        ObjectNode signature = column.putObject("typeSignature").put("rawType", raw);
        ArrayNode list = signature.putArray("arguments");
        for (int argument : arguments) {
            list.addObject().put("kind", "LONG").put("value", argument);
        }
    }

    /** DuckDB's many numbers, by the few that are needed. */
    private static int kind(ResultSetMetaData meta, int i) throws SQLException {
        String name = meta.getColumnTypeName(i);
        if (name.startsWith("DECIMAL") || name.endsWith("HUGEINT")) {
            return Types.DECIMAL;
        }
        return switch (name) {
            case "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER" -> Types.BIGINT;
            case "BOOLEAN" -> Types.BOOLEAN;
            case "DOUBLE", "FLOAT" -> Types.DOUBLE;
            case "DATE" -> Types.DATE;
            default -> Types.VARCHAR;
        };
    }

    private static void value(ArrayNode row, ResultSetMetaData meta, ResultSet result, int i) throws SQLException {
        String text = result.getString(i);
        if (text == null) {
            row.addNull();
            return;
        }
        switch (kind(meta, i)) {
            case Types.BIGINT -> row.add(Long.parseLong(text));
            case Types.BOOLEAN -> row.add(result.getBoolean(i));
            case Types.DOUBLE -> row.add(result.getDouble(i));
            case Types.DECIMAL -> row.add(new BigDecimal(text).toPlainString());
            default -> row.add(text);
        }
    }

    ObjectNode json(String id, URI address) {
        ObjectNode answer = base(id, address, error == null ? "FINISHED" : "FAILED");
        if (columns != null) {
            answer.set("columns", columns);
            answer.set("data", data);
        }
        if (updateType != null) {
            answer.put("updateType", updateType);
        }
        if (error != null) {
            answer.set("error", error);
        }
        return answer;
    }

    static ObjectNode waiting(String id, URI address, String state) {
        return base(id, address, state).put("nextUri", address + "/v1/statement/" + id + "/1");
    }

    private static ObjectNode base(String id, URI address, String state) {
        ObjectNode answer = LoopbackServer.JSON.createObjectNode();
        answer.put("id", id).put("infoUri", address + "/ui/query.html?" + id);
        ObjectNode stats = answer.putObject("stats");
        stats.put("state", state).put("queued", state.equals("QUEUED")).put("scheduled", !state.equals("QUEUED"));
        for (String figure : new String[] {
            "nodes",
            "totalSplits",
            "queuedSplits",
            "runningSplits",
            "completedSplits",
            "planningTimeMillis",
            "analysisTimeMillis",
            "cpuTimeMillis",
            "wallTimeMillis",
            "queuedTimeMillis",
            "elapsedTimeMillis",
            "finishingTimeMillis",
            "physicalInputTimeMillis",
            "processedRows",
            "processedBytes",
            "physicalInputBytes",
            "physicalWrittenBytes",
            "internalNetworkInputBytes",
            "peakMemoryBytes",
            "spilledBytes",
            "waitingForPrerequisitesTimeMillis",
            "peakTotalMemoryBytes",
            "peakTaskTotalMemoryBytes"
        }) {
            stats.put(figure, 0);
        }
        answer.putArray("warnings");
        return answer;
    }
}
