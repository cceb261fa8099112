package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;

import java.util.List;

/**
 * Whether the account grants as many processors as the tasks of one run take together.
 *
 * @param vcpus what the tasks take
 */
public record QuotaCheck(ServiceQuotasClient quotas, double vcpus) implements Check {
    /** "Fargate On-Demand vCPU resource count". */
    private static final String FARGATE_VCPUS = "L-3032A538";

    @Override
    public List<Finding> examine() {
        double granted;
        try {
            granted = quotas.getServiceQuota(
                            request -> request.serviceCode("fargate").quotaCode(FARGATE_VCPUS))
                    .quota()
                    .value();
        } catch (AwsServiceException answered) {
            return List.of(new Finding.Note(
                    "quota",
                    "the vCPUs that Fargate grants cannot be read (" + answered.statusCode() + ")",
                    "allow servicequotas:GetServiceQuota, or look for quota " + FARGATE_VCPUS + " in the console"));
        }
        String state = "Fargate grants %.0f vCPUs, a run takes up to %.0f".formatted(granted, vcpus);
        return List.of(
                granted >= vcpus
                        ? new Finding.Good("quota", state)
                        : new Finding.Bad(
                                "quota",
                                state,
                                "lower MaxConcurrency or TaskCpu, or ask for quota " + FARGATE_VCPUS,
                                ExitCode.CONFIGURATION));
    }
}
