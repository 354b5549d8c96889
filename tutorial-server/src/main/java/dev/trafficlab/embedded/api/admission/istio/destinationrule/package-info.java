/**
 * What Istio's webhook says about a DestinationRule.
 */
@NullMarked
package dev.trafficlab.embedded.api.admission.istio.destinationrule;

import org.jspecify.annotations.NullMarked;
