package io.trustpipeline.score;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.util.List;

/** How many of a catalogue's models are in memory. */
public enum LoadMode {
    /** Every one, from the start to the end. */
    ALL,
    /** One: each batch of rows is scored by the first model, then by the next, each loaded for its turn. */
    SEQUENTIAL;

    /** Of the JVM's heap, what models may take. */
    private static final double HEAP_SHARE = 0.6;

    /** Of the machine's memory beside the heap, what mapped weights may take, so that they stay in it. */
    private static final double MAPPED_SHARE = 0.75;

    /** All models together when they fit, else one after the other. */
    static LoadMode fitting(List<ModelSize> models, Machine machine) {
        long heap = models.stream().mapToLong(ModelSize::heapBytes).sum();
        long mapped = models.stream().mapToLong(ModelSize::mappedBytes).sum();
        boolean fits = heap <= HEAP_SHARE * machine.heapBytes()
                && mapped <= MAPPED_SHARE * (machine.memoryBytes() - machine.heapBytes());
        return fits ? ALL : SEQUENTIAL;
    }

    /**
     * What there is.
     *
     * @param heapBytes the most that the JVM's heap may grow to
     * @param memoryBytes of the machine, or of the container
     */
    record Machine(long heapBytes, long memoryBytes) {

        static Machine present() {
            return new Machine(
                    Runtime.getRuntime().maxMemory(),
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getTotalMemorySize());
        }
    }
}
