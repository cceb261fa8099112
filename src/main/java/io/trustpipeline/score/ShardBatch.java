package io.trustpipeline.score;

import java.util.List;

/**
 * Some consecutive rows of a shard.
 *
 * @param decided rows that the plan has decided already
 * @param toScore the others
 */
public record ShardBatch(List<Outcome> decided, List<Comment> toScore) {}
