package io.trustpipeline.run;

/** The version of this program, as the jar's manifest says it. */
public final class EngineVersion {
    private EngineVersion() {}

    public static String current() {
        String version = EngineVersion.class.getPackage().getImplementationVersion();
        return version != null ? version : "development";
    }
}
