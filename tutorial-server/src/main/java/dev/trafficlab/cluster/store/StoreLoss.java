package dev.trafficlab.cluster.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.embedded.EmbeddedCluster;

/** Ends the process when the store is lost, so that whatever supervises it starts another one. */
final class StoreLoss {

    /** {@code EX_IOERR} of {@code sysexits.h}. */
    private static final int STATUS = 74;

    private static final Logger LOG = LoggerFactory.getLogger(StoreLoss.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StoreLoss() {}

    static void endWith(EmbeddedCluster cluster) {
        cluster.storeLost().thenAccept(StoreLoss::end);
    }

    private static void end(Throwable cause) {
        Thread.ofPlatform().daemon().start(() -> {
            LockSupport.parkNanos(PATIENCE.toNanos());
            Runtime.getRuntime().halt(STATUS);
        });
        Thread.ofPlatform().start(() -> {
            LOG.atError().setCause(cause).log("the store is lost; the server ends, to be started again");
            System.exit(STATUS);
        });
    }
}
