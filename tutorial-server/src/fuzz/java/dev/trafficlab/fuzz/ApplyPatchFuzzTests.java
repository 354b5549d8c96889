package dev.trafficlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Server-side apply of a Deployment. */
class ApplyPatchFuzzTests {

    @FuzzTest
    void answersEveryAppliedConfiguration(byte[] input) {
        FuzzedApi.of("ApplyPatchFuzzTests").send("PATCH", FuzzedApi.DEPLOYMENT, "dryRun=All&fieldManager=f&force=true", "application/apply-patch+yaml",
                input);
    }
}
