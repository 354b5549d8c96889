package dev.trafficlab.embedded.api.bounds;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiException;

/** Reads JSON that a client sent: strict, and within {@link Bounds}. */
public final class BoundedJson {

    /** Makes nodes, but none of a number that no double holds: what is computed from one takes time by its exponent. */
    public static final JsonNodeFactory NODES = new FiniteNumbers();

    private static final ObjectMapper JSON = mapper();

    private BoundedJson() {}

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Bounds.NESTING)
                        .maxNumberLength(Bounds.NUMBER_CHARACTERS)
                        .maxDocumentLength(Bounds.REQUEST_BYTES)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .nodeFactory(NODES)
                .build();
    }

    /**
     * The value in the body.
     *
     * @throws ApiException 400 when it is no JSON, or out of bounds
     */
    public static JsonNode read(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isMissingNode()) {
                throw ApiException.badRequest("the request body is empty: send an object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the object provided is unrecognized: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiException.badRequest("the body cannot be read as JSON");
        }
    }

    private static final class FiniteNumbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public NumericNode numberNode(double number) {
            if (!Double.isFinite(number)) {
                throw ApiException.badRequest("a number is out of the range of float64");
            }
            return super.numberNode(number);
        }
    }
}
