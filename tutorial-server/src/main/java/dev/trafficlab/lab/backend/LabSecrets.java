package dev.trafficlab.lab.backend;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Makes the ids and tokens of labs. What is kept of a token is its SHA-256 alone: it has 256 random bits, so it needs no salt. */
public final class LabSecrets {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern ID = Pattern.compile("lab-[a-z2-7]{10}");
    private static final int TOKEN_BYTES = 32;

    private final RandomGenerator random;

    public LabSecrets(RandomGenerator random) {
        this.random = random;
    }

    /** Whether a lab may have this id; no other string ever reaches the cluster as a namespace's name. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    public String newId() {
        StringBuilder id = new StringBuilder("lab-");
        for (int i = 0; i < 10; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    public String newToken(String labId) {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        return labId + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Hex SHA-256 of the whole token. */
    static String hash(String token) {
        return HexFormat.of().formatHex(sha256(token));
    }

    /** Compares in constant time. */
    static boolean matches(String hash, String token) {
        return MessageDigest.isEqual(hash.getBytes(UTF_8), hash(token).getBytes(UTF_8));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
