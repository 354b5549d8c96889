/**
 * How objects are created, changed and deleted.
 */
@NullMarked
package dev.trafficlab.embedded.api.write;

import org.jspecify.annotations.NullMarked;
