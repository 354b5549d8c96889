package dev.trafficlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** JSON patches of a Deployment. */
class JsonPatchFuzzTests {

    @FuzzTest
    void answersEveryJsonPatch(byte[] input) {
        FuzzedApi.of("JsonPatchFuzzTests").send("PATCH", FuzzedApi.DEPLOYMENT, "dryRun=All", "application/json-patch+json", input);
    }
}
