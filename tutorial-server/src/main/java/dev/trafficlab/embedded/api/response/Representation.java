package dev.trafficlab.embedded.api.response;

import java.util.Optional;

/** The forms in which objects can be asked for. */
enum Representation {
    /** The objects themselves. */
    PLAIN,
    /** Rows and columns, as kubectl prints them. */
    TABLE,
    /** The metadata alone. */
    METADATA;

    /** The first form in the Accept header that is served. */
    static Representation of(Optional<String> accept) {
        for (String clause : accept.orElse("").split(",")) {
            String wish = clause.replace(" ", "");
            if (!wish.startsWith("application/json")) {
                continue;
            }
            if (wish.contains("as=Table")) {
                return TABLE;
            }
            if (wish.contains("as=PartialObjectMetadata")) {
                return METADATA;
            }
            return PLAIN;
        }
        return PLAIN;
    }
}
