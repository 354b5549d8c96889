/** Why the server did not start, in two sentences in place of a stack trace. */
@NullMarked
package dev.trafficlab.cluster.startup;

import org.jspecify.annotations.NullMarked;
