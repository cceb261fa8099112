package io.trustpipeline.spacy.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.util.passthrough.PassthroughNDManager;
import org.jspecify.annotations.Nullable;

/** The DJL engine that runs spaCy's models. It computes on the processor, and has no arrays of its own to offer. */
public final class SpacyEngine extends Engine {

    /** The name under which DJL knows the engine. */
    public static final String NAME = "SpaCy";

    /** Behind the general engines, should there be one, as DJL's other engines for one kind of model are. */
    static final int RANK = 10;

    SpacyEngine() {}

    @Override
    public @Nullable Engine getAlternativeEngine() {
        return null;
    }

    @Override
    public String getEngineName() {
        return NAME;
    }

    @Override
    public int getRank() {
        return RANK;
    }

    @Override
    public String getVersion() {
        String version = SpacyEngine.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public boolean hasCapability(String capability) {
        return false;
    }

    @Override
    public Model newModel(String name, @Nullable Device device) {
        return new SpacyModel(name, newBaseManager(device));
    }

    @Override
    public NDManager newBaseManager() {
        return newBaseManager(null);
    }

    @Override
    public NDManager newBaseManager(@Nullable Device device) {
        return new PassthroughNDManager(this, device == null ? Device.cpu() : device);
    }
}
