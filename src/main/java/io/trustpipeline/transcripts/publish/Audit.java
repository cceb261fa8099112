package io.trustpipeline.transcripts.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Who did what to whose data, from where. Entries are only ever added. */
public final class Audit {
    private static final String ENTRY =
            "INSERT INTO audit (actor, role, action, record, address) VALUES (?, ?, ?, ?, ?)";

    private final ClassDatabase database;

    public Audit(ClassDatabase database) {
        this.database = database;
    }

    /**
     * Somebody who acts.
     *
     * @param name as the identity provider knows them
     * @param address of the computer
     */
    public record Actor(String name, String role, String address) {}

    /**
     * Writes an entry.
     *
     * @param record an id, never a name or a text
     */
    public void add(Actor actor, String action, String record) {
        database.read("audit", connection -> {
            add(connection, actor, action, record);
            return true;
        });
    }

    static void add(Connection connection, Actor actor, String action, String record) throws SQLException {
        try (PreparedStatement entry = connection.prepareStatement(ENTRY)) {
            entry.setString(1, actor.name());
            entry.setString(2, actor.role());
            entry.setString(3, action);
            entry.setString(4, record);
            entry.setString(5, actor.address());
            entry.executeUpdate();
        }
    }
}
