package dev.trafficlab.embedded.api.admission;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;

/** Quantities of resources as numbers that compare. */
final class Amount {

    private Amount() {}

    /** The amount written as {@code 100m}, {@code 64Mi} or a plain number; decoding has judged its syntax. */
    static BigDecimal of(JsonNode quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity.asText()));
    }
}
