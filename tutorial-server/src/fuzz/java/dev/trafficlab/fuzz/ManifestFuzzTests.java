package dev.trafficlab.fuzz;

import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Objects as JSON, YAML and protobuf: the first two bytes of an input choose the kind (a digit) and the format (j, y or p). */
class ManifestFuzzTests {

    private static final List<String> PATHS = List.of("/apis/apps/v1/namespaces/default/deployments",
            "/api/v1/namespaces/default/services", "/api/v1/namespaces/default/configmaps",
            "/api/v1/namespaces/default/pods", "/apis/networking.istio.io/v1/namespaces/default/virtualservices",
            "/apis/networking.istio.io/v1/namespaces/default/destinationrules",
            "/apis/networking.istio.io/v1/namespaces/default/gateways",
            "/apis/networking.istio.io/v1/namespaces/default/serviceentries",
            "/apis/networking.istio.io/v1/namespaces/default/sidecars", "/api/v1/namespaces");

    @FuzzTest
    void answersEveryObject(byte[] input) {
        if (input.length < 2) {
            return;
        }
        String type = switch (input[1]) {
            case 'p' -> "application/vnd.kubernetes.protobuf";
            case 'y' -> "application/yaml";
            default -> "application/json";
        };
        FuzzedApi.of("ManifestFuzzTests").send("POST", PATHS.get(Math.floorMod(input[0] - '0', PATHS.size())), "dryRun=All", type,
                Arrays.copyOfRange(input, 2, input.length));
    }
}
