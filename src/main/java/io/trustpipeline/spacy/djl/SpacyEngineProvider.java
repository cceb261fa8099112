package io.trustpipeline.spacy.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/** How DJL finds the engine. */
public final class SpacyEngineProvider implements EngineProvider {

    private static final class Holder {
        static final SpacyEngine ENGINE = new SpacyEngine();
    }

    @Override
    public String getEngineName() {
        return SpacyEngine.NAME;
    }

    @Override
    public int getEngineRank() {
        return SpacyEngine.RANK;
    }

    @Override
    public Engine getEngine() {
        return Holder.ENGINE;
    }
}
