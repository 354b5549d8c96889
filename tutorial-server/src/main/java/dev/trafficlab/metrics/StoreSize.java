package dev.trafficlab.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The size of the files that labs live in; 0 where they live on a real cluster. */
@Component
class StoreSize implements MeterBinder {

    private final Path folder;

    StoreSize(@Value("${tutorial.data-dir}") Path folder) {
        this.folder = folder;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("trafficlab.store.size", this, StoreSize::bytes)
                .description("Size of the files in the data folder")
                .baseUnit("bytes")
                .register(registry);
    }

    private long bytes() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(StoreSize::size).sum();
        } catch (IOException e) {
            return 0; // no folder: nothing is stored here
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0; // removed meanwhile
        }
    }
}
