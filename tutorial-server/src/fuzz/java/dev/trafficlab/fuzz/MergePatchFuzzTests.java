package dev.trafficlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Merge patches of a VirtualService. */
class MergePatchFuzzTests {

    @FuzzTest
    void answersEveryMergePatch(byte[] input) {
        FuzzedApi.of("MergePatchFuzzTests").send("PATCH", FuzzedApi.VIRTUAL_SERVICE, "dryRun=All", "application/merge-patch+json", input);
    }
}
