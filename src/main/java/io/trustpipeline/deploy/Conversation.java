package io.trustpipeline.deploy;

/** With whoever started the command. */
public interface Conversation {
    /** Says a line. */
    void say(String line);

    /** Asks whether to go on. */
    boolean agrees(String question);
}
