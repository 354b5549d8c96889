package dev.trafficlab.embedded.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.executor.FairExecutor;
import dev.trafficlab.embedded.store.ObjectStore;

import static org.assertj.core.api.Assertions.assertThat;

/** The API alone, without controllers: nothing changes but what a request changes. */
class KubernetesApiTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':{'x':'1'}}";

    private final ObjectStore store = ObjectStore.open(Optional.empty());
    private final FairExecutor workers = FairExecutor.start(100);
    private final KubernetesApi api = new KubernetesApi(store, new Objects(store, InstantSource.fixed(NOW)),
            new NoPods(), InstantSource.fixed(NOW), workers);

    @BeforeEach
    void createNamespace() {
        send("POST", "/api/v1/namespaces", "", "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'default'}}");
    }

    @AfterEach
    void close() {
        api.close();
        workers.close();
        store.close();
    }

    static Stream<BadManifest> badManifests() {
        return BadManifest.all();
    }

    @ParameterizedTest
    @MethodSource("badManifests")
    void refusesABadManifestAsARealCluster(BadManifest bad) {
        bad.before().map(KubernetesApiTests::object).ifPresent(this::createExactly);
        ObjectNode manifest = object(bad.manifest());
        String collection = collection(manifest);

        Answer answer = bad.before().isPresent()
                ? send("PUT", collection + "/" + manifest.at("/metadata/name").asText(), "fieldValidation=Strict",
                        manifest.toString())
                : send("POST", collection, "fieldValidation=Strict", manifest.toString());

        assertThat(answer.body().path("message").asText()).contains(bad.message());
        assertThat(answer.status()).isEqualTo(bad.code());
        assertThat(answer.body().path("reason").asText()).isEqualTo(bad.reason());
        bad.field()
                .filter(_ -> bad.code() == 422)
                .ifPresent(field -> assertThat(answer.body().at("/details/causes"))
                        .extracting(cause -> cause.path("field").asText())
                        .contains(field));
    }

    @ParameterizedTest
    @MethodSource("badManifests")
    void refusesToApplyABadManifest(BadManifest bad) {
        bad.before().map(KubernetesApiTests::object).ifPresent(this::createExactly);
        ObjectNode manifest = object(bad.manifest());
        String name = manifest.at("/metadata/name").asText("nameless");

        Answer answer = send("PATCH", collection(manifest) + "/" + name.replace(" ", "%20").replace("/", "%2F"),
                "fieldManager=test&force=true", manifest.toString(), Map.of("content-type", List.of(
                        "application/apply-patch+yaml")));

        assertThat(answer.status()).as(answer.body().toString()).isBetween(400, 422);
        assertThat(answer.body().path("message").asText()).isNotBlank();
    }

    private void createExactly(ObjectNode object) {
        Answer answer = send("POST", collection(object), "", object.toString());
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    }

    private String collection(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        Optional<ResourceType> type = ResourceTypes.byKind(slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1), object.path("kind").asText());
        String namespace = object.at("/metadata/namespace").asText("default");
        if (type.isPresent() && type.get().namespaced() && !namespace.equals("default") && namespace.matches(
                "[a-z0-9-]+")) {
            send("POST", "/api/v1/namespaces", "",
                    "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + namespace + "'}}");
        }
        boolean inside = type.map(ResourceType::namespaced).orElse(true);
        return (slash < 0 ? "/api/" : "/apis/") + apiVersion + (inside ? "/namespaces/" + namespace : "") + "/"
                + type.map(ResourceType::plural).orElse(object.path("kind").asText().toLowerCase(Locale.ROOT) + "s");
    }

    @Test
    void anObjectGetsItsIdentityOnCreation() {
        Answer created = send("POST", MAPS, "", MAP);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().at("/metadata/creationTimestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(created.body().at("/metadata/uid").asText()).hasSize(36);
        assertThat(created.body().at("/metadata/resourceVersion").asLong()).isEqualTo(store.revision());
        assertThat(created.body().at("/metadata/namespace").asText()).isEqualTo("default");
    }

    @Test
    void aNameIsMadeFromItsPrefix() {
        Answer created = send("POST", MAPS, "",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'generateName':'map-'}}");

        assertThat(created.body().at("/metadata/name").asText()).matches("map-[bcdfghjklmnpqrstvwxz2456789]{5}");
    }

    @Test
    void onlyAChangeOfTheSpecCountsAsAGeneration() {
        String services = "/apis/networking.istio.io/v1/namespaces/default/sidecars";
        send("POST", services, "", "{'apiVersion':'networking.istio.io/v1','kind':'Sidecar','metadata':{'name':'s'},"
                + "'spec':{'egress':[{'hosts':['./*']}]}}");

        assertThat(merge(services + "/s", "{'metadata':{'labels':{'a':'b'}}}").body()
                .at("/metadata/generation")
                .asInt()).isEqualTo(1);
        JsonNode status = merge(services + "/s/status", "{'status':{'observedGeneration':1},'spec':{'egress':null}}")
                .body();
        assertThat(status.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(status.at("/spec/egress").size()).isEqualTo(1);
        JsonNode spec = merge(services + "/s",
                "{'spec':{'egress':[{'hosts':['*/*']}]},'status':{'observedGeneration':7}}").body();
        assertThat(spec.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(spec.at("/status/observedGeneration").asInt()).isEqualTo(1);
    }

    @Test
    void aChangeOfNothingKeepsTheRevision() {
        String before = send("POST", MAPS, "", MAP).body().at("/metadata/resourceVersion").asText();

        assertThat(merge(MAPS + "/a", "{'data':{'x':'1'}}").body().at("/metadata/resourceVersion").asText()).isEqualTo(
                before);
        assertThat(send("PUT", MAPS + "/a", "", MAP).body().at("/metadata/resourceVersion").asText()).isEqualTo(before);
    }

    @Test
    void unknownFieldsAreWarnedOfAndDropped() {
        Answer created = send("POST", MAPS, "", MAP.replace("'data'", "'dta'"));

        assertThat(created.headers()).containsEntry("Warning", "299 - \"unknown field \\\"dta\\\"\"");
        assertThat(created.body().has("dta")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "GET | /api/v1/namespaces/default/configmaps/none | 404 | configmaps \"none\" not found",
        "GET | /apis/apps/v1/namespaces/default/deployments/none | 404 | deployments.apps \"none\" not found",
        "GET | /apis/apps/v1/things | 404 | the server could not find the requested resource",
        "GET | /api/v1/namespaces/default/configmaps/none/log | 404 | the server could not find the requested resource",
        "POST | /api/v1/configmaps | 405 | the server does not allow this method on the requested resource",
        "POST | /api/v1/namespaces/default/configmaps/a | 405 | the server does not allow this method on the requested resource",
        "PUT | /api/v1/namespaces/default/configmaps | 405 | the server does not allow this method on the requested resource",
        "DELETE | /api/v1/configmaps | 405 | the server does not allow this method on the requested resource",
        "OPTIONS | /api/v1/configmaps | 405 | the server does not allow this method on the requested resource",
        "PATCH | /api/v1/namespaces/default/configmaps/a | 415 | the body of the request was in an unknown format",
        "GET | /api/v1/configmaps?limit=x | 400 | invalid syntax",
        "GET | /api/v1/configmaps?continue=x | 400 | continue key is not valid",
        "GET | /api/v1/configmaps?labelSelector=a(b | 400 | unable to parse requirement",
        "GET | /api/v1/configmaps?fieldSelector=data.x=1 | 400 | field label not supported: data.x",
        "GET | /api/v1/namespaces/default/pods/none/log | 404 | pods \"none\" not found",
        "GET | /api/v1/namespaces/default/services/none:http/proxy/ | 404 | services \"none\" not found",
        "GET | /%zz | 404 | the server could not find the requested resource"})
    void refusesInKubernetesWords(String method, String target, int status, String message) {
        int question = target.indexOf('?');
        Answer answer = send(method, question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1), "{}", Map.of("content-type", List.of(
                        "text/plain")));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("kind").asText()).isEqualTo("Status");
        assertThat(answer.body().path("message").asText()).contains(message);
        assertThat(answer.body().path("code").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apis/none.io/v1/things", "/apis/apps/v7/deployments", "/api/v2/pods"})
    void nobodyWritesAStatusForAVersionThatNobodyServes(String path) {
        Answer answer = send("GET", path, "", "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers()).containsEntry("Content-Type", "text/plain; charset=utf-8");
        assertThat(answer.body().path("message").asText()).isEqualTo("404 page not found\n");
    }

    @Test
    void anObjectMustFitItsAddress() {
        send("POST", MAPS, "", MAP);

        assertThat(send("PUT", MAPS + "/b", "", MAP).body().path("message").asText())
                .isEqualTo("the name of the object (a) does not match the name on the URL (b)");
        assertThat(send("POST", MAPS, "", MAP.replace("'name':'a'", "'name':'a','namespace':'other'")).body()
                .path("message")
                .asText())
                .isEqualTo("the namespace of the provided object does not match the namespace sent on the request");
        assertThat(send("POST", "/api/v1/namespaces/default/serviceaccounts", "", MAP).status()).isEqualTo(400);
        assertThat(send("POST", MAPS, "", MAP.replace("'v1'", "'v2'")).body().path("message").asText())
                .isEqualTo("the API version in the data (v2) does not match the expected API version (v1)");
    }

    @Test
    void aPatchDoesNotRename() {
        send("POST", MAPS, "", MAP);

        assertThat(merge(MAPS + "/a", "{'metadata':{'name':'b'}}").status()).isEqualTo(400);
        assertThat(merge(MAPS + "/a", "{'metadata':{'uid':'b'}}").status()).isEqualTo(409);
        assertThat(merge(MAPS + "/a", "{'metadata':{'resourceVersion':'1'}}").status()).isEqualTo(409);
        assertThat(merge(MAPS + "/a", "{'metadata':'x'}").status()).isBetween(400, 422);
    }

    @Test
    void aNamespaceThatIsGoingTakesNothingNew() {
        Answer left = send("DELETE", "/api/v1/namespaces/default", "", "");
        Answer refused = send("POST", MAPS, "", MAP);

        assertThat(left.body().at("/status/phase").asText()).isEqualTo("Terminating");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("message").asText()).isEqualTo(
                "configmaps \"a\" is forbidden: unable to create new content in "
                        + "namespace default because it is being terminated");
        assertThat(refused.body().at("/details/causes/0/reason").asText()).isEqualTo("NamespaceTerminating");
    }

    @Test
    void aDeletionMayNameWhatItMeans() {
        String uid = send("POST", MAPS, "", MAP).body().at("/metadata/uid").asText();

        assertThat(send("DELETE", MAPS + "/a", "", "{'preconditions':{'uid':'other'}}").status()).isEqualTo(409);
        assertThat(send("DELETE", MAPS + "/a", "dryRun=All", "").status()).isEqualTo(200);
        Answer gone = send("DELETE", MAPS + "/a", "", "{'preconditions':{'uid':'" + uid + "'}}");
        assertThat(gone.body().path("status").asText()).isEqualTo("Success");
        assertThat(gone.body().at("/details/uid").asText()).isEqualTo(uid);
        assertThat(send("DELETE", MAPS + "/a", "", "").status()).isEqualTo(404);
    }

    @Test
    void aCollectionIsDeletedBySelector() {
        send("POST", MAPS, "", MAP);
        send("POST", MAPS, "", MAP.replace("'name':'a'", "'name':'b','labels':{'x':'y'}"));

        send("DELETE", MAPS, "labelSelector=x%3Dy", "");

        assertThat(send("GET", MAPS, "", "").body().path("items")).extracting(item -> item.at("/metadata/name")
                .asText())
                .containsExactly("a");
    }

    @Test
    void metadataAloneIsGivenOnRequest() {
        send("POST", MAPS, "", MAP);

        JsonNode list = send("GET", MAPS, "", "", Map.of("accept",
                List.of("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"))).body();

        assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        assertThat(list.path("items").get(0).has("data")).isFalse();
        assertThat(list.path("items").get(0).path("kind").asText()).isEqualTo("PartialObjectMetadata");
    }

    @Test
    void everythingServedIsDiscovered() {
        JsonNode core = send("GET", "/api/v1", "", "").body();
        JsonNode groups = send("GET", "/apis", "", "").body();
        JsonNode aggregated = send("GET", "/apis", "", "", Map.of("accept",
                List.of("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"))).body();

        assertThat(core.path("resources")).extracting(resource -> resource.path("name").asText())
                .contains("pods",
                        "pods/log",
                        "services/proxy", "namespaces/finalize");
        assertThat(groups.path("groups")).extracting(group -> group.path("name").asText())
                .contains("apps",
                        "networking.istio.io");
        assertThat(aggregated.path("items")).extracting(group -> group.at("/metadata/name").asText())
                .containsExactlyElementsOf(groups.path("groups")
                        .valueStream()
                        .map(group -> group.path("name").asText())
                        .toList());
    }

    private Answer merge(String path, String patch) {
        return send("PATCH", path, "", patch, Map.of("content-type", List.of("application/merge-patch+json")));
    }

    private Answer send(String method, String path, String query, String body) {
        return send(method, path, query, body, Map.of());
    }

    private Answer send(String method, String path, String query, String body, Map<String, List<String>> headers) {
        String json = body.indexOf('"') < 0 ? body.replace('\'', '"') : body;
        ApiResponse response = api.handle(new ApiRequest(method, path, query, headers, json.getBytes(
                StandardCharsets.UTF_8),
                new ApiRequest.Trusted()));
        return switch (response) {
            case ApiResponse.Complete complete -> Answer.of(complete);
            case ApiResponse.Streaming streaming -> throw new AssertionError("a stream was not expected: " + streaming);
        };
    }

    private static ObjectNode object(String yaml) {
        return YamlText.all(yaml).getFirst();
    }

    /** An answer; one that is no JSON reads as an object with that message. */
    private record Answer(int status, Map<String, String> headers, JsonNode body) {

        static Answer of(ApiResponse.Complete response) {
            if (response.headers().getOrDefault("Content-Type", "").startsWith("text/")) {
                return new Answer(response.status(), response.headers(), JSON.createObjectNode()
                        .put("message",
                                new String(response.body(), StandardCharsets.UTF_8)));
            }
            try {
                return new Answer(response.status(), response.headers(), JSON.readTree(response.body()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class NoPods implements PodAccess {

        @Override
        public AppResponse call(String namespace, String podIp, int port, AppRequest request) throws IOException {
            throw new IOException("no pods here");
        }

        @Override
        public List<LogLine> logs(String namespace, String pod, String container) {
            return List.of();
        }

        @Override
        public AutoCloseable follow(String namespace, String pod, String container, Consumer<LogLine> consumer,
                Runnable ended) {
            return () -> {};
        }
    }
}
