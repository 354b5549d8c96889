package dev.trafficlab.instructor;

/**
 * Something to say on the page, in the words of the message bundle.
 *
 * @param key the message's
 * @param argument what it speaks of
 */
public record Notice(String key, Object argument) {}
