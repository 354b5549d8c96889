/**
 * The Kubernetes REST API over the store, free of any transport.
 */
@NamedInterface("api")
@NullMarked
package dev.trafficlab.embedded.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
