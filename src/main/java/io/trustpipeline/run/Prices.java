package io.trustpipeline.run;

/**
 * What compute costs where the run takes place, in whatever currency the prices are.
 *
 * @param vcpuHour of one vCPU for an hour
 * @param gigabyteHour of one gigabyte of memory for an hour
 * @param vcpus that the machine has
 * @param gigabytes of memory that the machine has
 */
public record Prices(double vcpuHour, double gigabyteHour, int vcpus, double gigabytes) {
    private static final double HOUR = 3600;

    public double vcpuHours(double seconds) {
        return vcpus * seconds / HOUR;
    }

    public double cost(double seconds) {
        return (vcpus * vcpuHour + gigabytes * gigabyteHour) * seconds / HOUR;
    }

    /** For how long a sum of money lasts. */
    public double seconds(double cost) {
        double each = cost(1);
        return each > 0 ? cost / each : Double.POSITIVE_INFINITY;
    }
}
