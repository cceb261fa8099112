package io.trustpipeline.doctor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PermissionCheckTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sts::123456789012:assumed-role/Deployer/ana, arn:aws:iam::123456789012:role/Deployer",
        "arn:aws-cn:sts::123456789012:assumed-role/Deployer/a/b, arn:aws-cn:iam::123456789012:role/Deployer",
        "arn:aws:iam::123456789012:user/ana, arn:aws:iam::123456789012:user/ana"
    })
    void a_session_is_simulated_as_its_role(String principal, String simulated) {
        assertThat(PermissionCheck.role(principal)).isEqualTo(simulated);
    }
}
