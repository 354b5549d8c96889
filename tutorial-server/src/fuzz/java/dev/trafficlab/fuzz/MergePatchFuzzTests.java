package dev.trafficlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.jspecify.annotations.Nullable;

/** Merge patches of a VirtualService. */
class MergePatchFuzzTests {

    private static @Nullable FuzzedApi api;

    @BeforeAll
    static void start() {
        api = new FuzzedApi("MergePatchFuzzTests");
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
    }

    @FuzzTest
    void answersEveryMergePatch(byte[] input) {
        api.send("PATCH", FuzzedApi.VIRTUAL_SERVICE, "dryRun=All", "application/merge-patch+json", input);
    }
}
