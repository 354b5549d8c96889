package dev.trafficlab.embedded.mesh;

import java.time.Duration;
import java.util.concurrent.Executor;

import dev.trafficlab.embedded.mesh.work.CallChain;

/**
 * How a mesh behaves.
 *
 * @param version the Istio it behaves like
 * @param pause how injected delays and pauses before retries pass
 * @param background where copies of requests are sent from
 */
public record MeshSettings(IstioVersion version, Pause pause, Executor background) {

    /** Today's Istio, in real time. */
    public static MeshSettings current() {
        return new MeshSettings(IstioVersion.CURRENT, CallChain::pause, work -> Thread.ofVirtual().start(work));
    }

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        /** Returns after the duration. */
        void forDuration(Duration duration) throws InterruptedException;
    }
}
