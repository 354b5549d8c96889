package dev.trafficlab.lab.backend;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LabSecretsTests {

    private final LabSecrets secrets = new LabSecrets(new SplittableRandom(7));

    @Test
    void anIdIsANamespacesName() {
        assertThat(secrets.newId()).matches("lab-[a-z2-7]{10}")
                .satisfies(id -> assertThat(LabSecrets.isId(id))
                        .isTrue());
        assertThat(secrets.newId()).isNotEqualTo(secrets.newId());
    }

    @Test
    void nothingElseIsAnId() {
        assertThat(LabSecrets.isId("kube-system")).isFalse();
        assertThat(LabSecrets.isId("lab-aaaaaaaaaa/pods")).isFalse();
        assertThat(LabSecrets.isId("lab-AAAAAAAAAA")).isFalse();
    }

    @Test
    void aTokenNamesItsLabAndHas256Bits() {
        assertThat(secrets.newToken("lab-aaaaaaaaaa")).matches("lab-aaaaaaaaaa\\.[A-Za-z0-9_-]{43}");
    }

    @Test
    void aTokenMatchesItsOwnHashOnly() {
        String token = secrets.newToken("lab-aaaaaaaaaa");
        assertThat(LabSecrets.matches(LabSecrets.hash(token), token)).isTrue();
        assertThat(LabSecrets.matches(LabSecrets.hash(token), token + "x")).isFalse();
    }

    @Test
    void theHashIsHexSha256() {
        assertThat(LabSecrets.hash("abc")).isEqualTo(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
