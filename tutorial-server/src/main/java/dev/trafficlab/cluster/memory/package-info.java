/**
 * The client's transport into the embedded cluster: calls of this process instead of a network.
 */
@NullMarked
package dev.trafficlab.cluster.memory;

import org.jspecify.annotations.NullMarked;
