package dev.trafficlab.embedded.api.schema;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** A field whose structure is read when first asked for: types may contain themselves. */
final class LazyField implements Schema.Field {

    private final Optional<String> description;
    private final Supplier<Schema> source;
    // Two threads may both read the structure; they read the same.
    private volatile @Nullable Schema schema;

    LazyField(Optional<String> description, Supplier<Schema> source) {
        this.description = description;
        this.source = source;
    }

    @Override
    public String description() {
        return description.orElseGet(() -> schema().description());
    }

    @Override
    public Schema schema() {
        Schema known = schema;
        if (known == null) {
            known = source.get();
            schema = known;
        }
        return known;
    }
}
