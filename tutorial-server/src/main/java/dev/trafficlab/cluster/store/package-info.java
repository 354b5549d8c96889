/** The embedded cluster's store as the server sees it: its settings, its health, and the process' end when it is lost. */
@NullMarked
package dev.trafficlab.cluster.store;

import org.jspecify.annotations.NullMarked;
