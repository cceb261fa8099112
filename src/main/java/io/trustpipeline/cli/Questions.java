package io.trustpipeline.cli;

import io.trustpipeline.deploy.Conversation;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * Asks the person at the terminal.
 *
 * @param yes whether every answer was given beforehand
 */
record Questions(Console console, boolean yes) implements Conversation {
    @Override
    public void say(String line) {
        console.line(line);
    }

    @Override
    public boolean agrees(String question) {
        if (yes) {
            return true;
        }
        // Newer JDKs have a console without a terminal, too, which answers nothing.
        @SuppressWarnings("SystemConsoleNull")
        java.io.@Nullable Console terminal = System.console();
        String answer = terminal == null ? null : terminal.readLine("%s [y/N] ", question);
        if (answer == null) {
            throw new PipelineException(ExitCode.USAGE, "There is nobody to ask \"" + question + "\"; use --yes");
        }
        return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
