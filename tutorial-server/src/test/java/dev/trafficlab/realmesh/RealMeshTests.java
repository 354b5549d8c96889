package dev.trafficlab.realmesh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server answers is what a real mesh answers to the same objects and requests. The harness is {@code .ci/real-mesh}, the programs
 * come from {@code .ci/mesh}; without root or network namespaces it says so and fails. {@code trafficlab.mesh.seed} and
 * {@code trafficlab.mesh.cases} say which random cases, and how many.
 */
class RealMeshTests {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String VECTORS = "tutorial-server/src/test/resources/";

    @Test
    void everyVectorHoldsOnBothSides() throws IOException, InterruptedException {
        run("vectors", ROOT + "/" + VECTORS + "vectors.yaml", ROOT + "/" + VECTORS + "vectors-recorded.yaml");
    }

    @Test
    void theCourseGoesTheSameWayStepByStep() throws IOException, InterruptedException {
        assertThat(run("course")).filteredOn(line -> line.startsWith("   "))
                .isNotEmpty()
                .noneMatch(line -> line
                        .contains("only real") || line.contains("only product"));
    }

    @Test
    void randomCasesAreAnsweredAlikeThroughTheIngress() throws IOException, InterruptedException {
        run("fuzz", seed(), cases());
    }

    @Test
    void randomCasesAreAnsweredAlikeFromASidecar() throws IOException, InterruptedException {
        run("mesh", seed(), cases());
    }

    private static String seed() {
        return System.getProperty("trafficlab.mesh.seed", "1");
    }

    private static String cases() {
        return System.getProperty("trafficlab.mesh.cases", "40");
    }

    /** Runs a part of the harness, and returns what it said. */
    private static List<String> run(String part, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ROOT + "/.ci/mesh", "run", part));
        command.addAll(List.of(arguments));
        Path log = Files.createDirectories(Path.of("target", "real-mesh")).resolve(part + ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            int status = process.waitFor();
            List<String> said = Files.readAllLines(log);
            assertThat(status).as(() -> log.toAbsolutePath() + ":\n" + String.join("\n", last(said))).isZero();
            return said;
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }
}
