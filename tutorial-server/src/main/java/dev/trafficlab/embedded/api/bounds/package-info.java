/** What keeps the values of requests, and what is made of them, within {@code Bounds}. */
@NullMarked
package dev.trafficlab.embedded.api.bounds;

import org.jspecify.annotations.NullMarked;
