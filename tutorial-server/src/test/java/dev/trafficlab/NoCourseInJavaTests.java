package dev.trafficlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A course is data: no Java names its apps, colours, paths or steps. */
class NoCourseInJavaTests {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern NAMES = Pattern.compile("colors|logger-backend|logger-frontend|crimson|lightseagreen|"
            + "indigo|traffic-weighting|\"(inject|destination-rules|sticky)\"");

    /** The images that the embedded cluster can run, and the contract's name for shares. */
    private static final Pattern ALLOWED = Pattern.compile(".*/embedded/runtime/Images\\.java:.*|"
            + ".*SHARES = \"colors\";");

    @Test
    void noJavaNamesWhatBelongsToACourse() throws IOException {
        assertThat(lines()).filteredOn(line -> NAMES.matcher(line).find())
                .filteredOn(line -> !ALLOWED.matcher(line).matches())
                .isEmpty();
    }

    private static List<String> lines() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).flatMap(file -> {
                try {
                    return Files.readAllLines(file).stream().map(line -> file + ":" + line);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).toList();
        }
    }
}
