/** What is published of assessments: the database that classes read, its figures, exports, deletions and audit. */
@NullMarked
package io.trustpipeline.transcripts.publish;

import org.jspecify.annotations.NullMarked;
