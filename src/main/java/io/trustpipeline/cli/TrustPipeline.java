package io.trustpipeline.cli;

/** Entry point. */
public final class TrustPipeline {
    private TrustPipeline() {}

    public static void main(String[] args) {
        System.out.println("ok");
    }
}
