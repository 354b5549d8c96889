package dev.trafficlab.kubectl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A kubectl of one version, working in one lab from one folder. */
record Kubectl(Path executable, Path folder, String lab) {

    private static final long LONGEST_SECONDS = 90;
    private static final Pattern VERSION = Pattern.compile("Client Version: v1\\.(\\d+)");

    /** What a command left behind. */
    record Result(int exit, String output) {}

    /** The kubectl on the PATH, where there is one, and the newer ones that the script fetches from npm. */
    static List<Path> executables() {
        Path script = Path.of("..", ".ci", "kubectl");
        try {
            Process process = new ProcessBuilder("bash", script.toString()).redirectError(
                    ProcessBuilder.Redirect.INHERIT).start();
            List<Path> fetched = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                    .map(Path::of)
                    .toList();
            if (process.waitFor() != 0 || fetched.size() < 2) {
                throw new IllegalStateException("kubectl could not be fetched from npm; run " + script + " to see why");
            }
            return Stream.concat(onPath(), fetched.stream()).toList();
        } catch (IOException failed) {
            throw new IllegalStateException("bash is needed to run " + script, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Stream<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .limit(1);
    }

    /** 34 for kubectl 1.34. */
    int minorVersion() {
        KubectlCommand version = new KubectlCommand("version --client", List.of(), List.of(), OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(), 0);
        try {
            Matcher matcher = VERSION.matcher(run(version).output());
            if (!matcher.find()) {
                throw new IllegalStateException(executable + " does not tell its version");
            }
            return Integer.parseInt(matcher.group(1));
        } catch (IOException failed) {
            throw new IllegalStateException(executable + " does not run", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs the command to its end, or for as long as it says. */
    Result run(KubectlCommand command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(executable.toString()));
        line.addAll(command.arguments(lab));
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null")
                        .toFile()));
        builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        builder.environment().put("KUBECACHEDIR", folder.resolve("cache").toString());
        command.editor().ifPresent(editor -> builder.environment().put("KUBE_EDITOR", editor));
        Process process = builder.start();
        boolean ended = process.waitFor(command.stopAfter().orElse((int) LONGEST_SECONDS), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Result(ended || command.stopAfter().isPresent() ? process.exitValue() : -1,
                Files.readString(output, StandardCharsets.UTF_8));
    }
}
