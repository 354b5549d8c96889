package dev.trafficlab.embedded.api.admission;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules for the objects that tell of endpoints. */
final class DiscoveryValidation {

    private static final List<String> ADDRESS_TYPES = List.of("FQDN", "IPv4", "IPv6");

    private final FieldErrors errors;

    DiscoveryValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void checkSlice(JsonNode slice, Optional<? extends JsonNode> old) {
        String type = slice.path("addressType").asText();
        if (type.isEmpty()) {
            errors.required("addressType", "");
        } else if (!ADDRESS_TYPES.contains(type)) {
            errors.unsupported("addressType", type, ADDRESS_TYPES);
        }
        if (old.isPresent() && !old.get().path("addressType").asText().equals(type)) {
            errors.invalid("addressType", type, "field is immutable");
        }
        JsonNode endpoints = slice.path("endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            if (endpoints.get(i).path("addresses").isEmpty()) {
                errors.required("endpoints[" + i + "].addresses", "must contain at least 1 address");
            }
        }
    }

    void checkEndpoints(JsonNode endpoints) {
        JsonNode subsets = endpoints.path("subsets");
        for (int i = 0; i < subsets.size(); i++) {
            JsonNode subset = subsets.get(i);
            String path = "subsets[" + i + "]";
            if (subset.path("addresses").isEmpty() && subset.path("notReadyAddresses").isEmpty()) {
                errors.required(path, "must specify `addresses` or `notReadyAddresses`");
            }
            checkAddresses(subset.path("addresses"), path + ".addresses");
            checkAddresses(subset.path("notReadyAddresses"), path + ".notReadyAddresses");
        }
    }

    private void checkAddresses(JsonNode addresses, String path) {
        for (int i = 0; i < addresses.size(); i++) {
            String ip = addresses.get(i).path("ip").asText();
            if (!IpAddresses.isAddress(ip)) {
                errors.invalid(path + "[" + i + "].ip", ip,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            }
        }
    }
}
