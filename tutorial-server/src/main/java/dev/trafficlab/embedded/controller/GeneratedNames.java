package dev.trafficlab.embedded.controller;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;

/** The parts of names that Kubernetes makes up. */
public final class GeneratedNames {

    /** Kubernetes' alphabet for such names: no vowels, so no words, and nothing easily mistaken for something else. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;

    private GeneratedNames() {}

    /** A random ending, as in {@code shop-v1-7d9f6b5c4-x2x7k}. */
    public static String suffix(RandomGenerator dice) {
        StringBuilder suffix = new StringBuilder(SUFFIX_LENGTH);
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(ALPHABET.charAt(dice.nextInt(ALPHABET.length())));
        }
        return suffix.toString();
    }

    /** A pod template's hash, the same for the same template and collision count. */
    public static String templateHash(JsonNode template, int collisions) {
        long hash = fnv32(template.toString() + (collisions == 0 ? "" : "#" + collisions));
        StringBuilder safe = new StringBuilder();
        for (char digit : Long.toString(hash).toCharArray()) {
            safe.append(ALPHABET.charAt(digit % ALPHABET.length()));
        }
        return safe.toString();
    }

    /** 64 hexadecimal digits that stand for the text. */
    public static String hex64(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static long fnv32(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return Integer.toUnsignedLong(hash);
    }
}
