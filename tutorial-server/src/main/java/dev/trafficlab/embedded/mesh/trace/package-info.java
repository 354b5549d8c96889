/** Writes down, in sentences for the learner, what a proxy did with one request. */
@NullMarked
package dev.trafficlab.embedded.mesh.trace;

import org.jspecify.annotations.NullMarked;
