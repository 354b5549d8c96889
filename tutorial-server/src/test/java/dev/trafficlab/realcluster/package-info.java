/** A real Kubernetes API server with Istio's definitions, for the tests of the profile {@code cluster}; {@code .ci/apiserver} obtains it. */
@NullMarked
package dev.trafficlab.realcluster;

import org.jspecify.annotations.NullMarked;
