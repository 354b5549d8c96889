package dev.trafficlab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is run as a server in a process of its own: the packaged jar where the build names it, as it always does, and the classes of
 * this test run otherwise, as in an editor.
 *
 * @param arguments what Java is told to run
 */
public record ServerProgram(List<String> arguments) {

    private static final String JAR = "trafficlab.server-jar";

    public ServerProgram {
        arguments = List.copyOf(arguments);
    }

    /** The jar as it is. */
    public static ServerProgram packaged() {
        return new ServerProgram(jar().map(jar -> List.of("-jar", jar.toString()))
                .orElseGet(() -> List.of("-cp", System.getProperty("java.class.path"),
                        "dev.trafficlab.TutorialServer")));
    }

    /** The jar unpacked by its own tool, as in the image; with an archive of its classes, once one has ended, it starts much faster. */
    public static ServerProgram unpacked(Path folder) throws IOException, InterruptedException {
        Optional<Path> jar = jar();
        if (jar.isEmpty()) {
            return packaged();
        }
        Process tool = new ProcessBuilder(java("java"), "-Djarmode=tools", "-jar", jar.get().toString(), "extract",
                "--destination",
                folder.toString()).inheritIO().start();
        assertThat(tool.waitFor()).as("extract").isZero();
        return new ServerProgram(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + folder.resolve(
                "classes.jsa"),
                "-jar", folder.resolve(jar.get().getFileName()).toString()));
    }

    /** The command line, up to the server's own settings. */
    public List<String> command(List<String> javaOptions) {
        List<String> command = new ArrayList<>(List.of(java("java")));
        command.addAll(javaOptions);
        command.addAll(arguments);
        return command;
    }

    /** Path of a tool of the JDK that runs this. */
    static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static Optional<Path> jar() {
        String named = System.getProperty(JAR);
        if (named == null) {
            return Optional.empty();
        }
        Path jar = Path.of(named);
        assertThat(Files.exists(jar)).as(jar + ", which " + JAR + " names; mvn package makes it").isTrue();
        return Optional.of(jar);
    }
}
