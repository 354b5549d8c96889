package dev.trafficlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.jspecify.annotations.Nullable;

/** Server-side apply of a Deployment. */
class ApplyPatchFuzzTests {

    private static @Nullable FuzzedApi api;

    @BeforeAll
    static void start() {
        api = new FuzzedApi("ApplyPatchFuzzTests");
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
    }

    @FuzzTest
    void answersEveryAppliedConfiguration(byte[] input) {
        api.send("PATCH", FuzzedApi.DEPLOYMENT, "dryRun=All&fieldManager=f&force=true", "application/apply-patch+yaml",
                input);
    }
}
