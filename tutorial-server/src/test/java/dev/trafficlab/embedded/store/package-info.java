/** Tests of the store. */
@NullMarked
package dev.trafficlab.embedded.store;

import org.jspecify.annotations.NullMarked;
