/**
 * The objects of all namespaces with one global revision, durable and watched.
 *
 * <p>One thread writes: it takes all writes that are waiting, applies them, commits them to the file together, and only then lets
 * anybody see or hear of them. So whatever a reader saw or a watcher was told is there after {@code kill -9} too.
 */
@NamedInterface("store")
@NullMarked
package dev.trafficlab.embedded.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
