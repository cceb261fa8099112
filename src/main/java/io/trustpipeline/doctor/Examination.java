package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

import java.util.ArrayList;
import java.util.List;

/** All checks, carried out. */
public record Examination(List<Finding> findings) {

    /** Carries out every check, whatever the others find. */
    public static Examination of(List<Check> checks) {
        List<Finding> findings = new ArrayList<>();
        checks.forEach(check -> findings.addAll(examine(check)));
        return new Examination(List.copyOf(findings));
    }

    private static List<Finding> examine(Check check) {
        try {
            return check.examine();
        } catch (PipelineException known) {
            return List.of(new Finding.Bad("check", String.valueOf(known.getMessage()), "", known.exitCode()));
        } catch (AwsServiceException answered) {
            return List.of(new Finding.Bad(
                    answered.awsErrorDetails().serviceName(),
                    oneLine(answered.awsErrorDetails().errorCode() + ", "
                            + answered.awsErrorDetails().errorMessage()),
                    "sign in as somebody who may ask, or have it allowed",
                    ExitCode.CONFIGURATION));
        } catch (SdkException unanswered) {
            return List.of(
                    String.valueOf(unanswered.getMessage()).contains("Unable to load credentials")
                            ? new Finding.Bad(
                                    "credentials",
                                    "there are none",
                                    "sign in, or set AWS_PROFILE",
                                    ExitCode.CONFIGURATION)
                            : new Finding.Bad(
                                    "AWS",
                                    "does not answer: " + oneLine(String.valueOf(unanswered.getMessage())),
                                    "look at the network, proxy and region",
                                    ExitCode.UNAVAILABLE));
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** A line a finding, aligned; what is wrong says what to do. */
    public List<String> lines() {
        return findings.stream().map(Examination::line).toList();
    }

    private static String line(Finding finding) {
        if (finding instanceof Finding.Note note) {
            return line("note", note, note.remedy());
        }
        if (finding instanceof Finding.Bad bad) {
            return line("BAD", bad, bad.remedy());
        }
        return line("ok", finding, "");
    }

    private static String line(String level, Finding finding, String remedy) {
        String line = "%-5s %-16s %s".formatted(level, finding.subject(), finding.state());
        return remedy.isEmpty() ? line : line + "; " + remedy;
    }

    /** DONE when nothing is bad; CONFIGURATION before what a retry might mend. */
    public ExitCode exitCode() {
        List<ExitCode> codes = findings.stream()
                .filter(Finding.Bad.class::isInstance)
                .map(finding -> ((Finding.Bad) finding).exitCode())
                .toList();
        if (codes.isEmpty()) {
            return ExitCode.DONE;
        }
        return codes.contains(ExitCode.CONFIGURATION) ? ExitCode.CONFIGURATION : codes.get(0);
    }
}
