package dev.trafficlab.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** What a request or an answer carries. Whoever gets one either reads it or closes it. */
public sealed interface Body {

    /** A body of no bytes. */
    Body NONE = new Whole(new byte[0]);

    /** A body that is all there. */
    static Body of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Whole(bytes);
    }

    /** The text in UTF-8. */
    static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Its length in bytes; empty when only its end will tell. */
    OptionalLong length();

    /** The bytes as they come; of a body that arrives, each can be had once only. */
    InputStream stream();

    /**
     * All bytes, waiting for the last.
     *
     * @throws IOException when the body breaks off
     */
    byte[] bytes() throws IOException;

    /** Gives up what was not read. */
    void close();

    /** A body that is all there, and can be read any number of times. */
    record Whole(byte[] content) implements Body {

        @Override
        public OptionalLong length() {
            return OptionalLong.of(content.length);
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public byte[] bytes() {
            return content;
        }

        @Override
        public void close() {
            // There is nothing to give up.
        }
    }

    /** A body that is still on its way. */
    record Arriving(InputStream stream, OptionalLong length) implements Body {

        @Override
        public byte[] bytes() throws IOException {
            return stream.readAllBytes();
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                // It had ended already, in its own way.
            }
        }
    }
}
