package dev.trafficlab.embedded.api.admission.istio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Verdicts recorded from the webhook of istiod (API 1.31.4). */
class RecordedVerdictsTests {

    private static IstioWebhook.Verdict review(String kind, String spec) {
        try {
            JsonNode object = new ObjectMapper().readTree(
                    "{\"metadata\":{\"name\":\"x\",\"namespace\":\"lab\"},\"spec\":"
                            + spec.replace('\'', '"') + "}");
            return IstioWebhook.review(kind, object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"300 | missing unit in duration \"300\"",
        "banana | invalid duration \"banana\"", "5d | unknown unit \"d\" in duration \"5d\"",
        "1.s2 | missing unit in duration \"1.s2\""})
    void aLifetimeThatGoCannotReadIsRefused(String ttl, String wrong) {
        String balancer = "{'loadBalancer':{'consistentHash':{'httpCookie':{'name':'s','ttl':'" + ttl + "'}}}}";

        for (String spec : new String[]{"{'host':'c','trafficPolicy':" + balancer + "}",
            "{'host':'c','subsets':[{'name':'v1','trafficPolicy':" + balancer + "}]}"}) {
            assertThat(review("DestinationRule", spec).denied())
                    .contains("error decoding configuration: bad Duration: time: " + wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({"300s", "0s", "0", "1h30m", "1.5s"})
    void aLifetimeThatGoReadsIsTaken(String ttl) {
        assertThat(review("DestinationRule", "{'host':'c','trafficPolicy':{'loadBalancer':{'consistentHash':"
                + "{'httpCookie':{'name':'s','ttl':'" + ttl + "'}}}}}").denied()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"%REQ(X-USER):3% | Expecting '%' or whitespace after", "%REQ(x) % | ''",
        "%A([\\\"a\\\", \\\"b\\\"])% | ''", "%A([b])% | Expecting '\"'", "100% | Un-escaped %",
        "%ABC | Un-terminated variable expression '%ABC'",
        "%START_TIME(%s)% | ''"})
    void headerValuesAreReadAsIstioReadsThem(String value, String wrong) {
        String spec = "{\"hosts\":[\"a.b\"],\"http\":[{\"headers\":{\"request\":{\"set\":{\"x-a\":\"" + value
                + "\"}}},\"route\":[{\"destination\":{\"host\":\"c\"}}]}]}";
        IstioWebhook.Verdict verdict = review("VirtualService", spec.replace('\'', '\u0001'));

        if (wrong.isEmpty()) {
            assertThat(verdict.denied()).isEmpty();
        } else {
            assertThat(verdict.denied()).hasValueSatisfying(text -> assertThat(text).contains(
                    "header value configuration: invalid header configuration. " + wrong));
        }
    }

    @Test
    void anAbortWithoutATypeIsNotWarnedOf() {
        assertThat(review("VirtualService",
                "{'hosts':['a.b'],'http':[{'fault':{'abort':{}},'route':[{'destination':{'host':'c'}}]}]}")
                .warnings()).isEmpty();
    }

    @Test
    void aDuplicateMatchIsNotWarnedOfAsShadowedToo() {
        String route = "'route':[{'destination':{'host':'c'}}]";
        String first = "{'match':[{'uri':{'prefix':'/'}}]," + route + "}";
        String one = "{'match':[{'name':'one','uri':{'prefix':'/colors/'}}]," + route + "}";
        String other = "{'match':[{'name':'other','uri':{'prefix':'/colors/'}}]," + route + "}";

        assertThat(review("VirtualService", "{'hosts':['a.b'],'http':[" + first + "," + one + "," + other + "]}")
                .warnings()).filteredOn(text -> text.contains("rule #2 match"))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("in rule #1"));
    }

    @Test
    void theOlderNameOfTheMirroredShareIsTakenWithAWarning() {
        IstioWebhook.Verdict verdict = review("VirtualService",
                "{'hosts':['a.b'],'http':[{'route':[{'destination':{'host':'c'}}],"
                        + "'mirror':{'host':'d'},'mirror_percent':50}]}");

        assertThat(verdict.denied()).isEmpty();
        assertThat(verdict.warnings())
                .containsExactly("using deprecated setting \"mirrorPercent\", use \"mirrorPercentage\" instead");
    }
}
