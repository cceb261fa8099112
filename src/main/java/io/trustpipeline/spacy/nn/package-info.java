/** Neural network arithmetic: kernels, packed weights, layers, and the model files of thinc that they are read from. */
package io.trustpipeline.spacy.nn;
