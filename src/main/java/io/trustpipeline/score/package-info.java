/**
 * Rows in, spans out: the catalogue of models, the thresholds, the exclusion list, the post-rules, and the bean that
 * scores a batch of comments with all of them. Models are run through DJL and nothing below it.
 */
@NullMarked
package io.trustpipeline.score;

import org.jspecify.annotations.NullMarked;
