package dev.trafficlab.traffic;

import java.util.Optional;

import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;

/** Requests for a lab, and what became of them. A lab is named by its namespace. */
public interface Traffic {

    /** Sends the requests and waits for all answers. */
    TrafficReport send(String namespace, LoadSpec order);

    /** Sends so many requests a second until stopped, or until nobody has watched for a minute; replaces what is running. */
    void start(String namespace, LoadSpec order, int perSecond);

    /** Stops what {@link #start} started. */
    void stop(String namespace);

    /** One request now, with its reasons. */
    TracedAnswer trace(String namespace, LoadSpec order);

    /** What the lab's routes would do with the order's first request, without sending it. */
    RoutePlan plan(String namespace, LoadSpec order);

    /** The same as {@link #trace}, for people: with what it asked for, and without the answer's body. */
    TracedRequest follow(String namespace, LoadSpec order);

    /**
     * Why one of the last 200 requests went where it went. Reasons are kept while somebody watches.
     */
    Optional<TracedRequest> reasons(String namespace, long number);

    /** The split as of now. */
    Split split(String namespace);

    /** Empties the tally: "Delete Logs". */
    void deleteLogs(String namespace);

    /** Forgets everything about the namespace's traffic: its lab was reset or removed. */
    void forget(String namespace);

    /** Tells the listener the namespace's picture now and after each change, at most four times a second; close to end. */
    Watching watch(String namespace, Listener listener);

    /** Takes pictures, one at a time. */
    @FunctionalInterface
    interface Listener {
        /** The newest picture. */
        void see(LiveSnapshot picture);
    }

    /** A running watch. */
    @FunctionalInterface
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
