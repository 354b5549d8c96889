package dev.trafficlab.embedded.mesh.balance;

import java.nio.charset.StandardCharsets;

import static java.lang.Long.rotateLeft;

/**
 * XXH64, the hash behind Envoy's rings and hash policies, over text without making bytes of it first: every char up to U+00FF is one
 * byte, which is how HTTP headers are read; text with other characters is hashed as UTF-8.
 */
public final class XxHash64 {

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private XxHash64() {}

    /** The hash of the text with seed 0. */
    public static long hash(String text) {
        return hash(text, 0, text.length(), 0);
    }

    /** The hash of the text with the seed. */
    public static long hash(String text, long seed) {
        return hash(text, 0, text.length(), seed);
    }

    /** The hash of a part of the text with the seed. */
    public static long hash(String text, int from, int to, long seed) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) > 0xFF) {
                byte[] bytes = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
                return hashBytes(new String(bytes, StandardCharsets.ISO_8859_1), 0, bytes.length, seed);
            }
        }
        return hashBytes(text, from, to, seed);
    }

    private static long hashBytes(String text, int from, int to, long seed) {
        int at = from;
        long hash = seed + P5;
        if (to - from >= 32) {
            long a = seed + P1 + P2;
            long b = seed + P2;
            long c = seed;
            long d = seed - P1;
            for (; at <= to - 32; at += 32) {
                a = round(a, word(text, at));
                b = round(b, word(text, at + 8));
                c = round(c, word(text, at + 16));
                d = round(d, word(text, at + 24));
            }
            hash = rotateLeft(a, 1) + rotateLeft(b, 7) + rotateLeft(c, 12) + rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        return tail(text, at, to, hash + (to - from));
    }

    private static long tail(String text, int from, int to, long start) {
        int at = from;
        long hash = start;
        for (; at <= to - 8; at += 8) {
            hash = rotateLeft(hash ^ round(0, word(text, at)), 27) * P1 + P4;
        }
        if (at <= to - 4) {
            hash = rotateLeft(hash ^ half(text, at) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < to; at++) {
            hash = rotateLeft(hash ^ text.charAt(at) * P5, 11) * P1;
        }
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }

    private static long round(long accumulator, long input) {
        return rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * P1 + P4;
    }

    private static long word(String text, int at) {
        return half(text, at) | half(text, at + 4) << 32;
    }

    private static long half(String text, int at) {
        return text.charAt(at) | (long) text.charAt(at + 1) << 8 | (long) text.charAt(at + 2) << 16
                | (long) text.charAt(at + 3) << 24;
    }
}
