/** Server-side apply: who owns which field, what an applied configuration changes, takes away, and collides with. */
@NullMarked
package dev.trafficlab.embedded.api.apply;

import org.jspecify.annotations.NullMarked;
