package dev.trafficlab.attack;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the attack suite stands on: without an attack the bystander is unharmed, and the heap can be read. */
class AttackTests {

    @TempDir
    private Path folder;

    @Test
    void withoutAnAttackTheBystanderIsUnharmed() throws IOException, InterruptedException {
        try (AttackServer server = AttackServer.start(folder); Bystander bystander = Bystander.working(server)) {
            bystander.isUnharmed();
            assertThat(server.heapAfterCollection()).isBetween(20L << 20, 300L << 20);
        }
    }
}
