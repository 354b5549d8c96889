package dev.trafficlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.jspecify.annotations.Nullable;

/** JSON patches of a Deployment. */
class JsonPatchFuzzTests {

    private static @Nullable FuzzedApi api;

    @BeforeAll
    static void start() {
        api = new FuzzedApi("JsonPatchFuzzTests");
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
    }

    @FuzzTest
    void answersEveryJsonPatch(byte[] input) {
        api.send("PATCH", FuzzedApi.DEPLOYMENT, "dryRun=All", "application/json-patch+json", input);
    }
}
