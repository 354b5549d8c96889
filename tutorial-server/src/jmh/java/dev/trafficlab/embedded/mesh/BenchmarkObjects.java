package dev.trafficlab.embedded.mesh;

/** The objects that benchmarks route by. */
final class BenchmarkObjects {

    private static final int ROUTES = 100;

    private BenchmarkObjects() {}

    static CourseLab lab(String objects) {
        CourseLab lab = CourseLab.started().apply("gateway.yaml").apply("destinationrule.yaml");
        return switch (objects) {
            case "weights" -> lab.ready();
            case "sticky" -> lab.apply("sticky.yaml").ready();
            case "hundred-routes" -> lab.with(hundredRoutes()).ready();
            case "header-hash" -> lab.apply("sticky.yaml").with(hashing("httpHeaderName: x-user")).ready();
            case "maglev" -> lab.apply("sticky.yaml").with(hashing("{useSourceIp: true, maglev: {}}")).ready();
            default -> throw new IllegalArgumentException(objects);
        };
    }

    /** The path that a benchmark asks for: of a hundred routes the last one's. */
    static String path(String objects) {
        return objects.equals("hundred-routes") ? "/route-" + (ROUTES - 1) : "/colors";
    }

    private static String hashing(String by) {
        return """
                kind: DestinationRule
                metadata: {name: colors}
                spec:
                  host: colors
                  trafficPolicy:
                    loadBalancer:
                      consistentHash:
                """ + by.indent(8);
    }

    private static String hundredRoutes() {
        StringBuilder yaml = new StringBuilder("""
                kind: VirtualService
                metadata: {name: colors}
                spec:
                  hosts: ["*"]
                  gateways: [my-gateway]
                  http:
                """);
        for (int i = 0; i < ROUTES; i++) {
            yaml.append("  - match: [{uri: {exact: /route-").append(i)
                    .append("}}]\n    route: [{destination: {host: colors, subset: v1}}]\n");
        }
        return yaml.toString();
    }
}
