package io.trustpipeline.spacy.nn;

import io.trustpipeline.spacy.config.FloatArray;
import io.trustpipeline.spacy.config.MsgpackValue;

import java.util.Map;

/**
 * An entry of a thinc model file: nodes stand there breadth first, and say nothing of their children but the name.
 *
 * @param index the position in the file
 * @param name composed of the children's names
 * @param isTransformed whether it refers to a layer that makes keys ({@code key_transform})
 * @param dimensions the sizes; those that are not set have no number
 * @param settings thinc's {@code attrs}
 * @param parameters the arrays that have a value
 */
record ThincNode(
        int index,
        String name,
        boolean isTransformed,
        MsgpackValue.Fields dimensions,
        MsgpackValue.Fields settings,
        Map<String, FloatArray> parameters) {}
