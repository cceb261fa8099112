/**
 * What spaCy computes, computed in the JVM from the files that spaCy saves: documents, spans and the errors of loading.
 */
package io.trustpipeline.spacy;
