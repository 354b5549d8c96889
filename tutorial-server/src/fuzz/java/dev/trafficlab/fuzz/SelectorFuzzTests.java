package dev.trafficlab.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Label and field selectors of a list. */
class SelectorFuzzTests {

    @FuzzTest
    void answersEverySelector(byte[] input) {
        String selector = URLEncoder.encode(new String(input, StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        FuzzedApi api = FuzzedApi.of("SelectorFuzzTests");
        api.send("GET", "/apis/apps/v1/deployments", "labelSelector=" + selector, "", new byte[0]);
        api.send("GET", "/api/v1/pods", "fieldSelector=" + selector, "", new byte[0]);
    }
}
