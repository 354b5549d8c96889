package dev.trafficlab.house;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits that keep the code easy to find one's way in. */
class HouseRulesTests {

    private static final int LINES = 40;
    private static final int FILES = 20;

    @Test
    void noMethodIsLongerThanFortyLines() throws IOException {
        assertThat(JavaSources.methods()).hasSizeGreaterThan(1000)
                .filteredOn(method -> method.lines() > LINES)
                .as("methods to be split")
                .isEmpty();
    }

    @Test
    void noFolderHoldsMoreThanTwentyFiles() {
        Map<String, Long> folders = JavaSources.all()
                .stream()
                .map(Path::getParent)
                .map(folder -> folder.toString().replace('\\', '/').replaceFirst(".*dev/trafficlab/?", ""))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        folders.entrySet().removeIf(folder -> folder.getValue() <= FILES);
        assertThat(folders).as("folders to be split by topic").isEmpty();
    }

    @Test
    void noTypeNameOfTheServerIsUsedTwice() {
        Map<String, List<Path>> byName = JavaSources.all()
                .stream()
                .filter(file -> !file.startsWith("..") && !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
        byName.values().removeIf(files -> files.size() == 1);
        assertThat(byName).isEmpty();
    }
}
