package dev.trafficlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Strategic merge patches of a Deployment. */
class StrategicPatchFuzzTests {

    @FuzzTest
    void answersEveryStrategicMergePatch(byte[] input) {
        FuzzedApi.of("StrategicPatchFuzzTests").send("PATCH", FuzzedApi.DEPLOYMENT, "dryRun=All", "application/strategic-merge-patch+json", input);
    }
}
