/** What an analysis finds in a namespace of a cluster, embedded or real. */
@NamedInterface("analysis")
@NullMarked
package dev.trafficlab.cluster.analysis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
