package dev.trafficlab.lab.backend;

import java.net.URI;

import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KubeconfigTests {

    private static final String LAB = "lab-aaaaaaaaaa";
    private static final String TOKEN = LAB + ".secret";

    @Test
    void overHttpTheSecretIsPartOfTheAddress() {
        Config config = Config.fromKubeconfig(Kubeconfig.of(LAB, TOKEN, URI.create("http://localhost:8080/")));
        assertThat(config.getMasterUrl()).isEqualTo("http://localhost:8080/kubernetes/s/" + TOKEN + "/");
        assertThat(config.getNamespace()).isEqualTo(LAB);
        assertThat(config.getCurrentContext().getName()).isEqualTo("traffic-lab");
    }

    @Test
    void overHttpsItIsABearerToken() {
        Config config = Config.fromKubeconfig(Kubeconfig.of(LAB, TOKEN, URI.create(
                "https://lab.example.org/classroom")));
        assertThat(config.getMasterUrl()).isEqualTo("https://lab.example.org/classroom/kubernetes/");
        assertThat(config.getAutoOAuthToken()).isEqualTo(TOKEN);
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Kubeconfig.of(LAB, TOKEN, URI.create("ftp://localhost")));
    }
}
