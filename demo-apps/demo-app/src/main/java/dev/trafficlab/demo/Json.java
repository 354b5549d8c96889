package dev.trafficlab.demo;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;

/** JSON, token by token. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** What a piece of code writes. */
    @FunctionalInterface
    public interface Writing {
        /** Writes to the generator. */
        void to(JsonGenerator json) throws IOException;
    }

    /** The text that the code writes. */
    public static String write(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A parser of the UTF-8 text. */
    public static JsonParser read(byte[] text) throws IOException {
        return FACTORY.createParser(text);
    }
}
