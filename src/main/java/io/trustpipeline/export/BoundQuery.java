package io.trustpipeline.export;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * A query with {@code ?} for its parameters.
 *
 * @param parameters in the order of their marks, each a {@link java.time.LocalDate} or a {@link Long}
 */
public record BoundQuery(String sql, List<Object> parameters) {
    public BoundQuery {
        parameters = List.copyOf(parameters);
    }

    /** Sets the parameters of a statement that holds the query and no other parameters. */
    void bind(PreparedStatement statement) throws SQLException {
        for (int index = 0; index < parameters.size(); index++) {
            statement.setObject(index + 1, parameters.get(index));
        }
    }
}
