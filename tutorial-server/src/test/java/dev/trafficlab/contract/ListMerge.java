package dev.trafficlab.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * A list that several managers apply, and the order that it then has. The same on any cluster: as structured-merge-diff merges.
 *
 * @param list which list
 * @param steps what is applied, as {@code manager:item item}
 * @param order the items at the end
 */
record ListMerge(Kind list, List<String> steps, String order) {

    /** Lists of all three ways to be merged: by key, as a set, as a whole. */
    enum Kind {
        /** By their name. */
        CONTAINERS("apps/v1", "Deployment"),
        /** Of one container, by their name. */
        VARIABLES("apps/v1", "Deployment"),
        /** As a whole. */
        ARGUMENTS("apps/v1", "Deployment"),
        /** By number and protocol. */
        PORTS("v1", "Service"),
        /** As a set. */
        FINALIZERS("v1", "ConfigMap");

        private final String apiVersion;
        private final String kind;

        Kind(String apiVersion, String kind) {
            this.apiVersion = apiVersion;
            this.kind = kind;
        }

        private String body(List<String> items) {
            return switch (this) {
                case CONTAINERS -> deployment(items.stream().map("{\"name\":\"%1$s\",\"image\":\"i\"}"::formatted));
                case VARIABLES -> deployment(Stream.of("{\"name\":\"a\",\"image\":\"i\",\"env\":[" + items.stream()
                        .map("{\"name\":\"%1$s\",\"value\":\"1\"}"::formatted)
                        .collect(Collectors.joining(",")) + "]}"));
                case ARGUMENTS -> deployment(Stream.of("{\"name\":\"a\",\"image\":\"i\",\"args\":[" + items.stream()
                        .map("\"%1$s\""::formatted)
                        .collect(Collectors.joining(",")) + "]}"));
                case PORTS -> "\"spec\":{\"ports\":[" + items.stream()
                        .map("{\"name\":\"p%1$s\",\"port\":%1$s}"::formatted)
                        .collect(Collectors.joining(",")) + "]}";
                case FINALIZERS -> "";
            };
        }

        private static String deployment(Stream<String> containers) {
            return "\"spec\":{\"replicas\":0,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":"
                    + "{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":["
                    + containers.collect(Collectors.joining(",")) + "]}}}";
        }

        private String manifest(String name, List<String> items) {
            String finalizers = this == FINALIZERS
                    ? ",\"finalizers\":[" + items.stream()
                            .map("\"trafficlab.dev/%1$s\""::formatted)
                            .collect(Collectors.joining(",")) + "]"
                    : "";
            String body = body(items);
            return "{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name
                    + "\"" + finalizers + "}" + (body.isEmpty() ? "" : "," + body) + "}";
        }

        private Object[] path() {
            return switch (this) {
                case CONTAINERS -> new Object[]{"spec", "template", "spec", "containers"};
                case VARIABLES -> new Object[]{"spec", "template", "spec", "containers", 0, "env"};
                case ARGUMENTS -> new Object[]{"spec", "template", "spec", "containers", 0, "args"};
                case PORTS -> new Object[]{"spec", "ports"};
                case FINALIZERS -> new Object[]{};
            };
        }

        private String order(GenericKubernetesResource object) {
            List<?> items = this == FINALIZERS ? object.getMetadata().getFinalizers() : object.get(path());
            return items.stream().map(item -> switch (item) {
                case java.util.Map<?, ?> map when this == PORTS -> String.valueOf(map.get("port"));
                case java.util.Map<?, ?> map -> String.valueOf(map.get("name"));
                default -> item.toString().replace("trafficlab.dev/", "");
            }).collect(Collectors.joining(" "));
        }
    }

    static Stream<ListMerge> all() {
        List<ListMerge> all = new ArrayList<>();
        for (Kind kind : List.of(Kind.CONTAINERS, Kind.VARIABLES)) {
            all.addAll(keyed(kind));
        }
        all.addAll(List.of(of(Kind.PORTS, "80 81", "one:80 81", "two:81"),
                of(Kind.PORTS, "80 83 81 82", "one:80 81 82", "two:83 81"),
                of(Kind.PORTS, "81 80", "one:80 81", "two:81 80"),
                of(Kind.FINALIZERS, "aa cc bb", "one:aa bb", "two:cc bb"),
                of(Kind.FINALIZERS, "bb aa", "one:aa bb", "two:bb aa"),
                of(Kind.FINALIZERS, "cc", "one:aa bb cc", "one:cc"),
                of(Kind.FINALIZERS, "aa bb", "one:aa", "two:bb"),
                of(Kind.FINALIZERS, "aa bb cc", "one:aa bb", "two:aa cc"),
                of(Kind.ARGUMENTS, "y x", "one:x y", "one:y x"), of(Kind.ARGUMENTS, "y", "one:x y", "two:y"),
                of(Kind.ARGUMENTS, "x z", "one:x", "one:x z")));
        return all.stream();
    }

    private static List<ListMerge> keyed(Kind kind) {
        return List.of(of(kind, "a b", "one:a b", "two:b"), of(kind, "a b", "one:a b", "two:b", "three:b"),
                of(kind, "a d b c", "one:a b c", "two:d b"), of(kind, "b a", "one:a b", "one:b a"),
                of(kind, "c a", "one:a b c", "one:c a"), of(kind, "c b a", "one:a b c", "two:c b a"),
                of(kind, "a b c", "one:a b", "two:c"), of(kind, "c a b", "one:a b", "two:c a"),
                of(kind, "a b c", "one:a b", "two:a c"), of(kind, "a b c x d", "one:a b c d", "two:b x d"),
                of(kind, "a b c", "one:a b", "two:b c", "one:a"), of(kind, "b", "one:a b c", "one:b"),
                of(kind, "b a", "one:a b", "two:b a"), of(kind, "b c a", "one:a b c", "two:b a"),
                of(kind, "c a b", "one:a", "two:b", "three:c a"), of(kind, "a b x y c", "one:a b c", "two:x y c"),
                of(kind, "b a", "one:a b", "two:a b", "one:b a"));
    }

    private static ListMerge of(Kind kind, String order, String... steps) {
        return new ListMerge(kind, List.of(steps), order);
    }

    /** Applies all steps to an object of that name, and gives the order of the list afterwards; the object is removed. */
    String run(KubernetesClient client, String namespace, String name) {
        Resource<GenericKubernetesResource> object = client.genericKubernetesResources(list.apiVersion, list.kind)
                .inNamespace(namespace)
                .withName(name);
        for (String step : steps) {
            int colon = step.indexOf(':');
            client.resource(list.manifest(name, List.of(step.substring(colon + 1).split(" "))))
                    .inNamespace(namespace)
                    .fieldManager(step.substring(0, colon))
                    .forceConflicts()
                    .serverSideApply();
        }
        String found = list.order(object.get());
        if (list == Kind.FINALIZERS) {
            object.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        }
        object.delete();
        return found;
    }
}
