package dev.trafficlab.web.signin;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

import dev.trafficlab.web.cookies.SigningKey;

/**
 * The instructor's name and the digest of the password, whose key is drawn at each start and never leaves this process. The password
 * itself is in the process's settings, so a slow digest would keep nothing safer; it would only make each request with HTTP Basic, and
 * each guess, cost a tenth of a second.
 */
public final class InstructorAccount {

    /** Its name. */
    public static final String USER = "instructor";

    /** Its role. */
    public static final String ROLE = "INSTRUCTOR";

    private static final String PURPOSE = "password";

    private final SigningKey key = new SigningKey(random());
    private final byte[] digest;
    private final String password;

    InstructorAccount(String password) {
        this.password = password;
        this.digest = digest(USER, password);
    }

    /** Whether these are the account's; the comparison takes as long for wrong ones. */
    boolean matches(String user, String guess) {
        return MessageDigest.isEqual(digest, digest(user, guess));
    }

    /** The instructor, signed in. */
    static Authentication signedIn() {
        return UsernamePasswordAuthenticationToken.authenticated(USER, null, AuthorityUtils.createAuthorityList(List.of(
                "ROLE_" + ROLE)));
    }

    /** A purpose of signatures that hold for this password alone: with a new one, nobody is signed in any more. */
    String purpose(SigningKey signing, String name) {
        return name + HexFormat.of().formatHex(signing.digest(PURPOSE, password));
    }

    private byte[] digest(String user, String secret) {
        return key.digest(PURPOSE, user.length() + ":" + user + secret);
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
