package io.trustpipeline.score;

import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * A row to score.
 *
 * @param row position in the input, from 0
 * @param key what identifies the comment; null when the row has none
 * @param text the comment; null when the row has none
 * @param source the row as it was read; it is carried along and not looked at
 * @param themes names of the themes that this comment has not been scored for yet
 */
public record Comment(
        long row, @Nullable String key, @Nullable String text, Group source, Set<String> themes) {}
