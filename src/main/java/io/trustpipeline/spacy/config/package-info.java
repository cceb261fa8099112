/** The file formats that spaCy's model directories are made of: {@code config.cfg}, JSON, msgpack, {@code .npy}. */
package io.trustpipeline.spacy.config;
