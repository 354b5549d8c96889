package dev.trafficlab.embedded.mesh;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.ThreadLocalDice;
import dev.trafficlab.embedded.mesh.compile.Compiler;
import dev.trafficlab.embedded.mesh.route.Decision;
import dev.trafficlab.embedded.mesh.route.RequestHead;
import dev.trafficlab.embedded.mesh.route.RouteAction;
import dev.trafficlab.embedded.mesh.route.RouteTable;

/** From a request's head to the chosen pod: virtual host, route, weighted draw, load balancer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecisionBenchmark {

    /** Which objects are routed by. */
    @Param({"weights", "sticky", "hundred-routes", "header-hash", "maglev"})
    public String objects;

    private final RandomGenerator dice = new ThreadLocalDice();
    private final InstantSource clock = InstantSource.system();
    private final Decision decision = new Decision();
    private CourseLab lab;
    private RouteTable table;
    private RequestHead head;
    private Mesh mesh;
    private MeshRequest request;

    /** Compiles the objects. */
    @Setup
    public void compile() {
        lab = BenchmarkObjects.lab(objects);
        table = new Compiler(new Compiler.Settings(false, false, dice), (kind, namespace, name, message) -> {})
                .compile(lab.objects(), Compiler.Compiled.NOTHING).table();
        Headers headers = Headers.of("user-agent", "curl/8.5.0", "accept", "*/*", "x-user", "alice");
        head = new RequestHead("GET", "localhost:8080", BenchmarkObjects.path(objects), headers, "203.0.113.7:51234");
        mesh = new Mesh((address, port, sent, timeout) -> AppResponse.of(200, "text/plain", "ok"), dice, clock);
        mesh.update(lab.objects());
        request = new MeshRequest(new MeshRequest.FromOutside(80), "GET", "localhost:8080", head.target(), headers,
                head.peer(), new byte[0]);
    }

    /** The decision alone. */
    @Benchmark
    public Object decide() {
        decision.route(table.listeners().get(80).hosts(), head, Map.of(), dice);
        decision.hash((RouteAction.Forward) decision.route().action(), head);
        decision.chooseHost(dice, clock, 0);
        return decision.host();
    }

    /** The whole way through the proxy, headers and all, to a pod that answers at once. */
    @Benchmark
    public Object send() {
        return mesh.send(request);
    }

    /** A compilation, as every change of an object causes. */
    @Benchmark
    public Object update() {
        mesh.update(lab.objects());
        return mesh;
    }
}
