package dev.trafficlab.traffic;

import java.util.List;
import java.util.Map;

import dev.trafficlab.embedded.mesh.NotSupported;

/**
 * What the live panel shows.
 *
 * @param split the split
 * @param recent the last requests, newest first, 200 at most
 * @param perSecond requests a second, over the last two seconds
 * @param byStatus counts by status, since the same moment as the split
 * @param sending requests a second that the generator was asked for; 0 when it rests
 * @param revision another number after each change of the lab's objects
 * @param notSupported what those objects ask for and the lab's mesh does not do
 * @param since the number of the last request that the split does not count any more
 */
public record LiveSnapshot(Split split, List<Sent> recent, double perSecond, Map<String, Long> byStatus, int sending,
        long revision, List<NotSupported> notSupported, long since) {

    public LiveSnapshot {
        recent = List.copyOf(recent);
        notSupported = List.copyOf(notSupported);
    }

    /** A picture of what does not depend on the lab's objects. */
    public LiveSnapshot(Split split, List<Sent> recent, double perSecond, Map<String, Long> byStatus, int sending) {
        this(split, recent, perSecond, byStatus, sending, 0, List.of(), 0);
    }

    /**
     * One request that was answered.
     *
     * @param number counts up from 1 within the lab
     * @param status HTTP status, 0 when refused
     * @param version the version label of the pod that answered, empty when none did
     */
    public record Sent(long number, int status, String version) {

        /** Whether it was refused or answered with an error. */
        public boolean failed() {
            return status == 0 || status >= 400;
        }
    }
}
