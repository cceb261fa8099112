package io.trustpipeline.run;

/** Is told how far a run has come. Implementations are safe for use by several threads. */
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = new Progress() {
        @Override
        public void stage(String name) {}

        @Override
        public void rows(long done, long total) {}

        @Override
        public void note(String line) {}
    };

    /** A stage begins. */
    void stage(String name);

    /** Of the rows of this stage, {@code done} are finished. */
    void rows(long done, long total);

    /** Something that people may want to know, in one line. */
    void note(String line);
}
