package dev.trafficlab.realcluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code .ci/apiserver} puts into the cache of this user. */
record Binaries(Path folder) {

    private static final String SCRIPT = ".ci/apiserver";

    /** The folder in the cache; whether it is complete shows when something is asked for. */
    static Binaries ofThisUser() {
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        return new Binaries(cache.resolve("traffic-lab").resolve("apiserver"));
    }

    /** The program of that name. */
    String program(String name) {
        Path program = folder.resolve(name);
        if (!Files.isExecutable(program)) {
            throw missing(program);
        }
        return program.toString();
    }

    /** Istio's custom resource definitions. */
    Path istioDefinitions() {
        Path file = folder.resolve("istio-crds.yaml");
        if (!Files.isReadable(file)) {
            throw missing(file);
        }
        return file;
    }

    private static IllegalStateException missing(Path file) {
        return new IllegalStateException(file + " is missing. Run " + SCRIPT
                + " once: it compiles a real API server for the tests, which takes some minutes, and keeps it there.");
    }
}
