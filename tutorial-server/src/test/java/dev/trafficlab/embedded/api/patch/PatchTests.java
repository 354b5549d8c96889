package dev.trafficlab.embedded.api.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.schema.Schema;
import dev.trafficlab.embedded.api.schema.Schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PatchTests {

    private static final Schema DEPLOYMENT = Schemas.of(ResourceTypes.byKind("apps", "v1", "Deployment").orElseThrow());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':'b'} | {'a':'c'} | {'a':'c'}",
        "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
        "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
        "{'a':['b']} | {'a':'c'} | {'a':'c'}",
        "{'a':'c'} | {'a':['b']} | {'a':['b']}",
        "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
        "{'e':null} | {'a':1} | {'e':null,'a':1}",
        "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}"})
    void mergesAsRfc7396Says(String target, String patch, String result) {
        assertThat(MergePatch.apply(json(target), json(patch))).isEqualTo(json(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':1} | [{'op':'add','path':'/b','value':2}] | {'a':1,'b':2}",
        "{'a':[1,3]} | [{'op':'add','path':'/a/1','value':2}] | {'a':[1,2,3]}",
        "{'a':[1]} | [{'op':'add','path':'/a/-','value':2}] | {'a':[1,2]}",
        "{'a':1,'b':2} | [{'op':'remove','path':'/b'}] | {'a':1}",
        "{'a':[1,2]} | [{'op':'remove','path':'/a/0'}] | {'a':[2]}",
        "{'a':1} | [{'op':'replace','path':'/a','value':{'x':1}}] | {'a':{'x':1}}",
        "{'a':{'b':1}} | [{'op':'move','from':'/a/b','path':'/c'}] | {'a':{},'c':1}",
        "{'a':[1]} | [{'op':'copy','from':'/a','path':'/c'}] | {'a':[1],'c':[1]}",
        "{'a/b':1} | [{'op':'test','path':'/a~1b','value':1},{'op':'replace','path':'/a~1b','value':2}] | {'a/b':2}"})
    void operatesAsRfc6902Says(String target, String patch, String result) {
        assertThat(JsonPatch.apply(json(target), json(patch))).isEqualTo(json(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[{'op':'remove','path':'/x'}]", "[{'op':'replace','path':'/x/y','value':1}]",
        "[{'op':'test','path':'/a','value':2}]", "[{'op':'add','path':'/list/7','value':1}]",
        "[{'op':'nonsense','path':'/a'}]",
        "[{'op':'add','path':'a','value':1}]", "[{'op':'add','path':'/b'}]"})
    void aJsonPatchThatDoesNotFitIsRefused(String patch) {
        assertThatThrownBy(() -> JsonPatch.apply(json("{'a':1,'list':[]}"), json(patch))).isInstanceOf(
                ApiException.class)
                .hasMessageStartingWith("the server rejected our request due to an error in our request");
    }

    @Test
    void mergesContainersByName() {
        assertThat(strategic(pods("{'name':'a','image':'a:1'},{'name':'b','image':'b:1'}"), pods(
                "{'name':'b','image':'b:2'}")))
                .isEqualTo(json(pods("{'name':'a','image':'a:1'},{'name':'b','image':'b:2'}")));
    }

    @Test
    void deletesAnItemByItsKey() {
        assertThat(strategic(pods("{'name':'a'},{'name':'b'}"), pods("{'name':'a','$patch':'delete'}")))
                .isEqualTo(json(pods("{'name':'b'}")));
    }

    @Test
    void replacesAList() {
        assertThat(strategic(pods("{'name':'a'},{'name':'b'}"), pods("{'name':'c'},{'$patch':'replace'}")))
                .isEqualTo(json(pods("{'name':'c'}")));
    }

    @Test
    void replacesAnObject() {
        assertThat(strategic("{'metadata':{'labels':{'a':'1'}}}",
                "{'metadata':{'labels':{'$patch':'replace','b':'2'}}}"))
                .isEqualTo(json("{'metadata':{'labels':{'b':'2'}}}"));
    }

    @Test
    void keepsOnlyTheKeysToRetain() {
        assertThat(strategic("{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}",
                "{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}"))
                .isEqualTo(json("{'spec':{'strategy':{'type':'Recreate'}}}"));
    }

    @Test
    void putsItemsInTheOrderGiven() {
        assertThat(strategic(pods("{'name':'a'},{'name':'b'}"),
                "{'spec':{'template':{'spec':{'$setElementOrder/containers':[{'name':'c'},{'name':'b'},{'name':'a'}],"
                        + "'containers':[{'name':'c'}]}}}}"))
                .isEqualTo(json(pods("{'name':'c'},{'name':'b'},{'name':'a'}")));
    }

    @Test
    void takesMembersOutOfASet() {
        assertThat(strategic("{'metadata':{'finalizers':['a','b']}}",
                "{'metadata':{'$deleteFromPrimitiveList/finalizers':['a'],'finalizers':['c']}}"))
                .isEqualTo(json("{'metadata':{'finalizers':['b','c']}}"));
    }

    @Test
    void anItemWithoutItsKeyIsRefused() {
        assertThatThrownBy(() -> strategic(pods("{'name':'a'}"), pods("{'image':'x'}"))).isInstanceOf(
                ApiException.class)
                .hasMessageContaining("does not contain declared merge key: name");
    }

    private static JsonNode strategic(String target, String patch) {
        return StrategicMergePatch.apply(DEPLOYMENT, (ObjectNode) json(target), (ObjectNode) json(patch));
    }

    private static String pods(String containers) {
        return "{'spec':{'template':{'spec':{'containers':[" + containers + "]}}}}";
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
