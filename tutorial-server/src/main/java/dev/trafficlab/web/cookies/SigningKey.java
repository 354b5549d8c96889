package dev.trafficlab.web.cookies;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Signs what browsers keep for the server. Each purpose has a key of its own, so that a value signed for one is of no use for another.
 */
public final class SigningKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key;

    /** A key of these bytes, at least 32 that nobody can guess. */
    public SigningKey(byte[] key) {
        this.key = key.clone();
    }

    /** The text with its signature: letters, digits, minus, underscore and a dot, as a cookie may hold them. */
    public String sign(String purpose, String text) {
        String payload = ENCODER.encodeToString(text.getBytes(UTF_8));
        return payload + "." + ENCODER.encodeToString(digest(purpose, payload));
    }

    /** The text, if it was signed for this purpose with this key. */
    public Optional<String> open(String purpose, String signed) {
        int dot = signed.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String payload = signed.substring(0, dot);
        try {
            byte[] told = Base64.getUrlDecoder().decode(signed.substring(dot + 1));
            return MessageDigest.isEqual(told, digest(purpose, payload))
                    ? Optional.of(new String(Base64.getUrlDecoder().decode(payload), UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** A digest of the text that tells nothing of it without the key. */
    public byte[] digest(String purpose, String text) {
        return mac(mac(key, purpose), text);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }
}
