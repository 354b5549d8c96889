package dev.trafficlab.course.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder outside the jar that an author writes courses into. */
final class ContentFolder implements ContentFiles {

    private final Path folder;

    ContentFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The ids of its courses, in alphabetical order. */
    List<String> courses() {
        try (Stream<Path> entries = Files.list(folder.resolve("content"))) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("course.yaml")))
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Changes whenever a file of the course does. */
    String fingerprint(String course) {
        StringBuilder fingerprint = new StringBuilder();
        for (String part : List.of("content", "manifests")) {
            Path root = folder.resolve(part).resolve(course);
            if (Files.isDirectory(root)) {
                append(fingerprint, root);
            }
        }
        return fingerprint.toString();
    }

    private static void append(StringBuilder fingerprint, Path root) {
        try (Stream<Path> files = Files.walk(root, 2)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                fingerprint.append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis())
                        .append(' ')
                        .append(Files.size(file))
                        .append('\n');
            }
        } catch (IOException changing) {
            // an editor replaces files while we look; the next look sees them at rest
            fingerprint.append(changing.getMessage());
        } catch (UncheckedIOException changing) {
            fingerprint.append(changing.getMessage());
        }
    }

    @Override
    public Optional<String> read(String path) {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n"));
        } catch (MalformedInputException notText) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String shown(String path) {
        return folder.resolve(path).toString();
    }
}
