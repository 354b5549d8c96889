package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The files by which the API server knows who calls: the administrator's token and the key that signs every other. */
record Credentials(Path folder, String administrator) {

    /** Makes the files. */
    static Credentials create(Path folder) {
        Credentials credentials = new Credentials(folder, UUID.randomUUID().toString());
        credentials.write("tokens.csv", credentials.administrator + ",administrator,administrator,system:masters\n");
        credentials.write("account.key", signingKey());
        return credentials;
    }

    Path tokens() {
        return folder.resolve("tokens.csv");
    }

    Path accountKey() {
        return folder.resolve("account.key");
    }

    /** The certificate that the API server makes for itself in this folder when it starts for the first time. */
    Path servingCertificate() {
        return folder.resolve("apiserver.crt");
    }

    /** A kubeconfig with that token. */
    Path kubeconfig(String name, URI server, String namespace, String token) {
        var kubeconfig = new ConfigBuilder()
                .addNewCluster()
                .withName("real")
                .withNewCluster()
                .withServer(server.toString())
                .withCertificateAuthority(servingCertificate().toString())
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(name)
                .withNewUser()
                .withToken(token)
                .endUser()
                .endUser()
                .addNewContext()
                .withName("real")
                .withNewContext()
                .withCluster("real")
                .withUser(name)
                .withNamespace(namespace)
                .endContext()
                .endContext()
                .withCurrentContext("real")
                .build();
        return write(name + ".kubeconfig", Serialization.asYaml(kubeconfig));
    }

    private static String signingKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
