package dev.trafficlab.fault;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.trafficlab.fault.FaultyServer.Lab;
import dev.trafficlab.fault.FaultyServer.Launch;

import static org.assertj.core.api.Assertions.assertThat;

/** The disk is full, and then it is not any more. */
class DiskFaultTests {

    private static final String NOISE = "x".repeat(100_000);

    @Test
    void aDiskThatIsNearlyFullTakesNothingNewButDeletionsAndHealsByItself() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.ofMegabytes(48); FaultyServer server = Launch.on(disk.data()).ready()) {
            Lab lab = server.lab();
            assertThat(lab.write("before", "1").statusCode()).isEqualTo(201);

            disk.fill();

            HttpResponse<String> refused = lab.write("during", "1");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.body()).contains("The disk of the server's data folder is nearly full",
                    "ServiceUnavailable");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(server.makeLab().statusCode()).isEqualTo(503);
            assertThat(lab.read("before").statusCode()).isEqualTo(200);
            assertThat(server.health("liveness")).isEqualTo(200);
            assertThat(server.send("GET", "/actuator/health/readiness", "").body()).contains("nearly full");

            disk.free();

            assertThat(lab.write("after", "1").statusCode()).isEqualTo(201);
            assertThat(lab.delete("before").statusCode()).isEqualTo(200);
            assertThat(server.makeLab().statusCode()).isEqualTo(201);
            assertThat(server.log()).doesNotContain("\tat ");
        }
    }

    /** Without the reserve, as when another process takes the last byte between the look and the write. */
    @Test
    void aCommitThatFailsForLackOfSpaceLosesNothingAndHealsByItself() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.ofMegabytes(32);
                FaultyServer server = Launch.on(disk.data()).setting("--tutorial.store.free-space=0B").ready()) {
            Lab lab = server.lab();
            Lab other = server.lab();
            assertThat(other.write("mine", "1").statusCode()).isEqualTo(201);
            Map<String, String> acknowledged = new HashMap<>();
            disk.fill();

            int refusals = 0;
            for (int i = 0; i < 400 && refusals < 3; i++) {
                String name = "map-" + i % 5;
                HttpResponse<String> answer = lab.write(name, i + NOISE);
                if (answer.statusCode() < 300) {
                    acknowledged.put(name, i + NOISE);
                } else {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                    refusals++;
                }
            }

            assertThat(refusals).isEqualTo(3);
            assertThat(server.health("readiness")).isEqualTo(503);
            assertThat(server.health("liveness")).isEqualTo(200);
            assertThat(other.read("mine").statusCode()).isEqualTo(200);
            holds(lab, acknowledged);

            disk.free();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.health("readiness") == 200);
            assertThat(other.write("mine", "2").statusCode()).isEqualTo(200);
            holds(lab, acknowledged);
            assertThat(lab.write("map-0", "new").statusCode()).isIn(200, 201);
        }
    }

    private static void holds(Lab lab, Map<String, String> acknowledged) throws IOException, InterruptedException {
        for (Map.Entry<String, String> entry : acknowledged.entrySet()) {
            assertThat(lab.read(entry.getKey()).body()).contains("\"k\":\"" + entry.getValue() + "\"");
        }
    }
}
