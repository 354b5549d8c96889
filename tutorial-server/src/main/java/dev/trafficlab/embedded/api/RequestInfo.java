package dev.trafficlab.embedded.api;

/** One request for objects, taken apart. */
record RequestInfo(ApiRequest request, Query query, ResourcePath path, Identity identity) {

    private static final String UNKNOWN_CLIENT = "unknown";

    ResourceType type() {
        return path.type();
    }

    /** As whom the client writes: what it says, else what it calls itself. */
    String fieldManager() {
        return query.first("fieldManager").orElseGet(() -> {
            String agent = request.header("user-agent").orElse("");
            int slash = agent.indexOf('/');
            String name = slash < 0 ? agent : agent.substring(0, slash);
            return name.isBlank() ? UNKNOWN_CLIENT : name;
        });
    }
}
