package io.trustpipeline.run;

/** Whether the person that a run names can get the topic's messages about it. */
public enum Subscription {
    /** Messages arrive. */
    CONFIRMED,
    /** The person has a mail with a link, and gets messages once it was followed. */
    PENDING,
    /** The topic takes no such subscription: the log says why. */
    REFUSED
}
