/** The HTTP interface: what {@code openapi.yaml} says, and nothing else; and a page that uses it. */
@NullMarked
package io.trustpipeline.transcripts.api;

import org.jspecify.annotations.NullMarked;
