/**
 * Running pods: instances of the demo apps, called in-process.
 */
@NullMarked
package dev.trafficlab.embedded.runtime;

import org.jspecify.annotations.NullMarked;
