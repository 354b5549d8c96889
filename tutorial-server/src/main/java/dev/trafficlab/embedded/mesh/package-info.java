/**
 * Istio's and Envoy's routing: objects compile to immutable tables, requests read them without locks.
 */
@NamedInterface("mesh")
@NullMarked
package dev.trafficlab.embedded.mesh;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
