/** The same manifests sent to a real API server and to the embedded one: they must agree on every one. */
@NullMarked
package dev.trafficlab.contract;

import org.jspecify.annotations.NullMarked;
