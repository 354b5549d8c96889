package dev.trafficlab.embedded.mesh;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.embedded.mesh.proxy.PathNormalizer;

import static org.assertj.core.api.Assertions.assertThat;

/** Envoy's path_utility.cc, which uses Chromium's canonical paths. */
class PathNormalizerTests {

    @ParameterizedTest
    @CsvSource({"/, /", "/colors, /colors", "/x/../colors, /colors", "/x/./y, /x/y", "/x/.., /", "/x/., /x/",
        "/../../x, /x", "/.., /", "//x//y, //x//y", "/a//../b, /a/b", "/%2e%2E/x, /x", "/a%2Fb, /a%2Fb",
        "/%41%7e, /A~", "/a\\b, /a/b", "/a%zz, /a%zz", "/a<b, /a%3Cb", "/ü, /%FC", "/x?a=/../b, /x?a=/../b",
        "/..x/.y, /..x/.y", "/x/...?q, /x/...?q"})
    void resolvesWhatEnvoyResolves(String target, String normal) {
        assertThat(PathNormalizer.normalize(target)).hasValue(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "colors", "*", "/a#b", "http://x/"})
    void takesOnlyPaths(String target) {
        assertThat(PathNormalizer.normalize(target)).isEmpty();
    }
}
