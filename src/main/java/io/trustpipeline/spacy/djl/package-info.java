/**
 * The engine as DJL sees it. It is found by DJL's service loader under the name {@code SpaCy}:
 *
 * <pre>{@code
 * Criteria<String, SpanGroups> criteria = Criteria.builder()
 *         .setTypes(String.class, SpanGroups.class)
 *         .optModelPath(directory)
 *         .optEngine("SpaCy")
 *         .optTranslatorFactory(new SpacyTranslatorFactory())
 *         .build();
 * try (ZooModel<String, SpanGroups> model = criteria.loadModel();
 *         Predictor<String, SpanGroups> predictor = model.newPredictor()) {
 *     List<SpanGroups> found = predictor.batchPredict(texts);
 * }
 * }</pre>
 */
package io.trustpipeline.spacy.djl;
