/**
 * What Istio's webhook says about a VirtualService.
 */
@NullMarked
package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import org.jspecify.annotations.NullMarked;
