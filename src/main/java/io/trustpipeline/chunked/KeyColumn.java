package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.regex.Pattern;

/**
 * One column of the key by which rows are kept together.
 *
 * @param type PostgreSQL's name of its type
 * @param secret whether its values must not leave the database
 */
public record KeyColumn(
        @JsonProperty(value = "column", required = true) String column,
        @JsonProperty(value = "type", required = true) String type,
        @JsonProperty("secret") boolean secret) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_ ]{0,62}(\\(\\d+(,\\d+)?\\))?");

    public KeyColumn {
        if (!NAME.matcher(column).matches() || !TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("key: column \"" + column + "\" of type \"" + type
                    + "\"; right is a column's name and a PostgreSQL type such as date or text");
        }
    }
}
