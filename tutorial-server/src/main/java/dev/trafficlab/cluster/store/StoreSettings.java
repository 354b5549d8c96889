package dev.trafficlab.cluster.store;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import dev.trafficlab.embedded.api.Quota;
import dev.trafficlab.embedded.store.StoreLimits;

/**
 * What the embedded cluster's store and its watches may take.
 *
 * @param labSize how large all objects of a lab may be together
 * @param unread how much may wait for the watches of a lab that are not read
 * @param freeSpace how much of the disk stays free: below it nothing new is stored; unless set, a tenth of the disk but at most 64 MB
 * @param history how much of what changed is kept in memory for watches that resume; unless set, a 32nd of the heap, from 2 to 64 MB
 */
@ConfigurationProperties("tutorial.store")
public record StoreSettings(@DefaultValue("2MB") DataSize labSize, @DefaultValue("8MB") DataSize unread,
        @Nullable DataSize freeSpace, @Nullable DataSize history) {

    /** How much a lab may hold. */
    public Quota quota() {
        return Quota.ofLab(labSize.toBytes(), unread.toBytes());
    }

    /** How much the store may take. */
    public StoreLimits limits() {
        StoreLimits limits = StoreLimits.ofThisMachine();
        StoreLimits sized = Optional.ofNullable(history)
                .map(size -> limits.withHistoryBytes(size.toBytes()))
                .orElse(limits);
        return Optional.ofNullable(freeSpace).map(size -> sized.withFreeSpace(size.toBytes())).orElse(sized);
    }
}
