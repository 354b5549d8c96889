package dev.trafficlab.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.trafficlab.traffic.LoadSpec;

/** Where requests come from, as the API writes it. */
enum TrafficOrigin {
    /** Through the ingress gateway. */
    @JsonProperty("outside")
    OUTSIDE,
    /** From a pod of the lab. */
    @JsonProperty("inside")
    INSIDE;

    LoadSpec.From from() {
        return switch (this) {
            case OUTSIDE -> LoadSpec.From.OUTSIDE;
            case INSIDE -> LoadSpec.From.INSIDE;
        };
    }
}
