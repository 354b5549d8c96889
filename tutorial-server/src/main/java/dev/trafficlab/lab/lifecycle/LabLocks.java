package dev.trafficlab.lab.lifecycle;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/** One change at a time for each lab, so that two tabs never mix an Apply with a reset; different labs never wait for each other. */
public final class LabLocks {

    // A lock lives as long as somebody holds or awaits it.
    private final LoadingCache<String, ReentrantLock> locks = Caffeine.newBuilder()
            .weakValues()
            .build(lab -> new ReentrantLock());

    public <T> T alone(String labId, Supplier<T> change) {
        ReentrantLock lock = locks.get(labId);
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }
}
