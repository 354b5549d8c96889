package dev.trafficlab.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.trafficlab.traffic.TrafficOrder;

/** Where requests come from, as the API writes it. */
enum Source {
    /** Through the ingress gateway. */
    @JsonProperty("outside")
    OUTSIDE,
    /** From a pod of the lab. */
    @JsonProperty("inside")
    INSIDE;

    TrafficOrder.From from() {
        return switch (this) {
            case OUTSIDE -> TrafficOrder.From.OUTSIDE;
            case INSIDE -> TrafficOrder.From.INSIDE;
        };
    }
}
