package dev.trafficlab.embedded.mesh;

import java.time.Duration;
import java.util.Optional;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;

/** The pods as the proxy reaches them. */
@FunctionalInterface
public interface Upstreams {

    /**
     * Calls a pod's port.
     *
     * @param timeout how long the proxy waits at most, none when empty
     * @throws UpstreamFailure when there is no answer
     */
    AppResponse call(String address, int port, AppRequest request, Optional<Duration> timeout) throws UpstreamFailure;

    /** There was no answer. */
    final class UpstreamFailure extends Exception {

        private static final long serialVersionUID = 1L;

        private final Kind kind;

        /** @param kind what went wrong */
        public UpstreamFailure(Kind kind) {
            super(kind.name());
            this.kind = kind;
        }

        /** What went wrong. */
        public Kind kind() {
            return kind;
        }

        /** What can go wrong on the way to a pod. */
        public enum Kind {
            REFUSED,
            TIMEOUT,
            RESET
        }
    }
}
