package dev.trafficlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.jspecify.annotations.Nullable;

/** Strategic merge patches of a Deployment. */
class StrategicPatchFuzzTests {

    private static @Nullable FuzzedApi api;

    @BeforeAll
    static void start() {
        api = new FuzzedApi("StrategicPatchFuzzTests");
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
    }

    @FuzzTest
    void answersEveryStrategicMergePatch(byte[] input) {
        api.send("PATCH", FuzzedApi.DEPLOYMENT, "dryRun=All", "application/strategic-merge-patch+json", input);
    }
}
