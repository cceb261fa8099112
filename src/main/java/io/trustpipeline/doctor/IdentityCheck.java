package io.trustpipeline.doctor;

import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

import java.util.List;

/** Who asks, in which account and region. */
public record IdentityCheck(StsClient sts, String region) implements Check {
    @Override
    public List<Finding> examine() {
        GetCallerIdentityResponse identity = sts.getCallerIdentity();
        return List.of(
                new Finding.Good("account", identity.account()),
                new Finding.Good("region", region),
                new Finding.Good("identity", identity.arn()));
    }
}
