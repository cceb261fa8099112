package io.trustpipeline.spacy.djl;

import ai.djl.ndarray.NDList;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.djl.util.passthrough.PassthroughNDArray;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.LanguageSession;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A pipeline as a DJL block: from arrays that stand for texts to arrays that stand for {@link
 * io.trustpipeline.spacy.SpanGroups} or {@link io.trustpipeline.spacy.Categories}. Safe for use by several threads; each works with a session of its own, and
 * sessions are kept for the next text.
 */
final class SpacyBlock extends AbstractSymbolBlock {

    private final Language language;
    private final Queue<LanguageSession> idle = new ConcurrentLinkedQueue<>();

    SpacyBlock(Language language) {
        this.language = language;
    }

    @Override
    public ParameterList getDirectParameters() {
        return new ParameterList();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList texts, boolean training, @Nullable PairList<String, Object> arguments) {
        LanguageSession session = idle.poll();
        if (session == null) {
            session = language.newSession();
        }
        List<String> strings = texts.stream()
                .map(text -> (String) ((PassthroughNDArray) text).getObject())
                .toList();
        List<?> results =
                switch (language.output()) {
                    case SPANS -> session.annotate(strings);
                    case CATEGORIES -> session.categorize(strings);
                };
        NDList found = new NDList(texts.size());
        results.forEach(result -> found.add(new PassthroughNDArray(result)));
        // A session that failed is not used again.
        idle.add(session);
        return found;
    }
}
