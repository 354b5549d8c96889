/** Patches: what a client sends to change a part of an object. */
@NullMarked
package dev.trafficlab.embedded.api.patch;

import org.jspecify.annotations.NullMarked;
