package dev.trafficlab.embedded.api.apply;

import java.util.Optional;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.schema.Schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FieldManagerTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceType DEPLOYMENT = ResourceTypes.byKind("apps", "v1", "Deployment").orElseThrow();
    private static final ResourceType RULE = ResourceTypes.byKind("networking.istio.io", "v1", "DestinationRule")
            .orElseThrow();

    @Test
    void whatIsAppliedIsOwned() {
        ObjectNode applied = apply(DEPLOYMENT, "alice", object("{}"), "{'spec':{'replicas':2}}");

        assertThat(applied.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(fields(applied, "alice")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
    }

    @Test
    void aFieldThatIsNoLongerAppliedGoes() {
        ObjectNode first = apply(RULE, "alice", object("{}"),
                "{'spec':{'host':'colors','trafficPolicy':{'loadBalancer':{'simple':'RANDOM'}}}}");

        ObjectNode second = apply(RULE, "alice", first, "{'spec':{'host':'colors'}}");

        assertThat(second.get("spec")).isEqualTo(json("{'host':'colors'}"));
    }

    @Test
    void aFieldThatAnotherAppliesTooStays() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), "{'spec':{'replicas':2,'paused':true}}");
        ObjectNode both = apply(DEPLOYMENT, "bob", first, "{'spec':{'replicas':2}}");

        ObjectNode rest = apply(DEPLOYMENT, "alice", both, "{'spec':{'paused':true}}");

        assertThat(rest.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(fields(rest, "alice")).isEqualTo(json("{'f:spec':{'f:paused':{}}}"));
        assertThat(fields(rest, "bob")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
    }

    @Test
    void anotherValueIsAConflict() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), "{'spec':{'replicas':2}}");

        ApiException refusal = catchThrowableOfType(ApiException.class,
                () -> apply(DEPLOYMENT, "bob", first, "{'spec':{'replicas':3}}"));

        assertThat(refusal).hasMessage("Apply failed with 1 conflict: conflict with \"alice\": .spec.replicas");
        assertThat(refusal.code()).isEqualTo(409);
        assertThat(refusal.isConflict()).isTrue();
    }

    @Test
    void severalConflictsAreToldByManager() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), "{'spec':{'replicas':2,'paused':true}}");
        ObjectNode updated = object(first.toString());
        updated.withObject("/spec").put("minReadySeconds", 5);
        manager(DEPLOYMENT, "kubectl-edit").track(Optional.of(first), updated);

        ApiException refusal = catchThrowableOfType(ApiException.class,
                () -> apply(DEPLOYMENT, "bob", updated, "{'spec':{'replicas':3,'paused':false,'minReadySeconds':1}}"));

        assertThat(refusal).hasMessage("""
                                       Apply failed with 3 conflicts: conflicts with "alice":
                                       - .spec.paused
                                       - .spec.replicas
                                       conflicts with "kubectl-edit" using apps/v1 at 2026-01-01T00:00:00Z:
                                       - .spec.minReadySeconds""");
    }

    @Test
    void forceTakesTheField() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), "{'spec':{'replicas':2,'paused':true}}");

        ObjectNode taken = manager(DEPLOYMENT, "bob").apply(first, object("{'spec':{'replicas':3}}"), true);

        assertThat(taken.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(fields(taken, "alice")).isEqualTo(json("{'f:spec':{'f:paused':{}}}"));
        assertThat(fields(taken, "bob")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
    }

    @Test
    void itemsOfKeyedListsAreOwnedOneByOne() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), pods("{'name':'app','image':'a:1'}"));
        ObjectNode both = apply(DEPLOYMENT, "bob", first, pods("{'name':'helper','image':'h:1'}"));

        assertThat(both.at("/spec/template/spec/containers")).extracting(item -> item.path("name").asText())
                .containsExactlyInAnyOrder("app", "helper");
        ObjectNode changed = apply(DEPLOYMENT, "alice", both, pods("{'name':'app','image':'a:2'}"));
        assertThat(changed.at("/spec/template/spec/containers")).hasSize(2);
        ObjectNode left = apply(DEPLOYMENT, "bob", changed, "{'spec':{'replicas':1}}");
        assertThat(left.at("/spec/template/spec/containers")).extracting(item -> item.path("image").asText())
                .containsExactly("a:2");
    }

    @Test
    void aPortWithoutProtocolIsTheOneThatWasDefaulted() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), pods(
                "{'name':'app','ports':[{'containerPort':80}]}"));
        ((ObjectNode) first.at("/spec/template/spec/containers/0/ports/0")).put("protocol", "TCP");

        ObjectNode second = apply(DEPLOYMENT, "alice", first, pods(
                "{'name':'app','ports':[{'containerPort':80,'name':'http'}]}"));

        assertThat(second.at("/spec/template/spec/containers/0/ports")).isEqualTo(json(
                "[{'containerPort':80,'protocol':'TCP','name':'http'}]"));
    }

    @Test
    void listsOfCustomKindsAreOwnedAsAWhole() {
        ObjectNode first = apply(RULE, "alice", object("{}"), "{'spec':{'host':'colors','subsets':[{'name':'v1'}]}}");

        ApiException refusal = catchThrowableOfType(ApiException.class,
                () -> apply(RULE, "bob", first, "{'spec':{'subsets':[{'name':'v2'}]}}"));

        assertThat(refusal).hasMessage("Apply failed with 1 conflict: conflict with \"alice\": .spec.subsets");
    }

    @Test
    void aSelectorIsOwnedAsAWhole() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"),
                "{'spec':{'selector':{'matchLabels':{'a':'1','b':'2'}}}}");

        ObjectNode second = manager(DEPLOYMENT, "bob").apply(first, object(
                "{'spec':{'selector':{'matchLabels':{'a':'1'}}}}"), true);

        assertThat(second.at("/spec/selector")).isEqualTo(json("{'matchLabels':{'a':'1'}}"));
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), pods("{'name':'app','image':'a:1'}"));

        ObjectNode second = new FieldManager(Schemas.of(DEPLOYMENT), "alice", "apps/v1", "", "2027-01-01T00:00:00Z")
                .apply(first,
                        object(pods("{'name':'app','image':'a:1'}")), false);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void anUpdateOwnsWhatItChangesAndTakesItFromAppliers() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), "{'spec':{'replicas':2,'paused':true}}");
        ObjectNode updated = object(first.toString());
        updated.withObject("/spec").put("replicas", 5);

        manager(DEPLOYMENT, "kubectl-scale").track(Optional.of(first), updated);

        assertThat(fields(updated, "alice")).isEqualTo(json("{'f:spec':{'f:paused':{}}}"));
        assertThat(fields(updated, "kubectl-scale")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
    }

    @Test
    void anUpdateWithoutChangeLeavesOwnershipAlone() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), "{'spec':{'replicas':2}}");
        ObjectNode same = object(first.toString());

        manager(DEPLOYMENT, "kubectl-edit").track(Optional.of(first), same);

        assertThat(same).isEqualTo(first);
    }

    @Test
    void whatWasThereBeforeAnybodyAppliedIsNotTakenSilently() {
        ObjectNode live = object("{'metadata':{'labels':{'app':'x'}},'spec':{'replicas':2}}");

        ApiException refusal = catchThrowableOfType(ApiException.class,
                () -> apply(DEPLOYMENT, "alice", live, "{'spec':{'replicas':3}}"));

        assertThat(refusal).hasMessage(
                "Apply failed with 1 conflict: conflict with \"before-first-apply\" using apps/v1 at "
                        + "2026-01-01T00:00:00Z: .spec.replicas");
    }

    @Test
    void anAnnotationOfAnotherApplierOutlivesTheMapThatItIsIn() {
        ObjectNode live = object("{'metadata':{'annotations':{'keep':'x','drop':'y'}}}");
        manager(DEPLOYMENT, "old").track(Optional.empty(), live);
        ObjectNode kept = manager(DEPLOYMENT, "keeper").apply(live, object("{'metadata':{'annotations':{'keep':'x'}}}"),
                false);
        ((ObjectNode) kept.at("/metadata/managedFields/1")).put("operation", "Apply").put("manager", "alice");

        ObjectNode pruned = apply(DEPLOYMENT, "alice", kept, "{'spec':{'replicas':1}}");

        assertThat(pruned.at("/metadata/annotations")).isEqualTo(json("{'keep':'x'}"));
    }

    @Test
    void aCleanSlateIsGivenOnRequest() {
        ObjectNode first = apply(DEPLOYMENT, "alice", object("{}"), "{'spec':{'replicas':2}}");
        ObjectNode reset = object(first.toString());
        reset.withObject("/metadata").putArray("managedFields").addObject();

        manager(DEPLOYMENT, "kubectl-edit").track(Optional.of(first), reset);

        assertThat(reset.at("/metadata").has("managedFields")).isFalse();
    }

    private static ObjectNode apply(ResourceType type, String manager, ObjectNode live, String config) {
        return manager(type, manager).apply(live, object(config), false);
    }

    private static FieldManager manager(ResourceType type, String name) {
        return new FieldManager(Schemas.of(type), name, type.apiVersion(), "", "2026-01-01T00:00:00Z");
    }

    private static String pods(String container) {
        return "{'spec':{'template':{'spec':{'containers':[" + container + "]}}}}";
    }

    private static JsonNode fields(ObjectNode object, String manager) {
        return StreamSupport.stream(object.at("/metadata/managedFields").spliterator(), false)
                .filter(entry -> entry.path("manager").asText().equals(manager))
                .findFirst()
                .orElseThrow()
                .path("fieldsV1");
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.indexOf('"') >= 0 ? text : text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
