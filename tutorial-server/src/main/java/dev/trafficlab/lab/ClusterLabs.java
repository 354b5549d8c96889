package dev.trafficlab.lab;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.course.Exercise;
import dev.trafficlab.course.Step;
import dev.trafficlab.lab.ApplyOutcome.Applied;
import dev.trafficlab.lab.ApplyOutcome.AppliedObject;
import dev.trafficlab.lab.apply.ServerSideApply;
import dev.trafficlab.lab.apply.SidecarRestart;
import dev.trafficlab.lab.backend.Kubeconfig;
import dev.trafficlab.lab.backend.LabBackend;
import dev.trafficlab.lab.backend.LabNamespaces;
import dev.trafficlab.lab.backend.LabRecord;
import dev.trafficlab.lab.backend.LabSecrets;
import dev.trafficlab.lab.backend.LabTokenVerifier;
import dev.trafficlab.lab.check.CheckedClusterLab;
import dev.trafficlab.lab.check.StepCheck;
import dev.trafficlab.lab.lifecycle.LabCap;
import dev.trafficlab.lab.lifecycle.LabLocks;
import dev.trafficlab.lab.manifest.ManifestPlanner;
import dev.trafficlab.traffic.Traffic;

/** Labs whose whole state is in the cluster. Thread-safe; changes of one lab happen one after the other. */
public final class ClusterLabs implements Labs {

    private static final Logger log = LoggerFactory.getLogger(ClusterLabs.class);
    private static final Duration SEEN_GRANULARITY = Duration.ofMinutes(1);

    private final Cluster cluster;
    private final KubernetesClient client;
    private final LabBackend housing;
    private final Courses courses;
    private final Traffic traffic;
    private final LabSecrets secrets;
    private final InstantSource clock;
    private final LabNamespaces namespaces;
    private final LabTokenVerifier doorkeeper;
    private final LabCap limit;
    private final LabLocks locks = new LabLocks();
    private final ManifestPlanner planner;
    private final ServerSideApply serverSideApply;

    ClusterLabs(Cluster cluster, LabBackend housing, Courses courses, Traffic traffic, LabSecrets secrets, int cap,
            InstantSource clock) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.housing = housing;
        this.courses = courses;
        this.traffic = traffic;
        this.secrets = secrets;
        this.clock = clock;
        this.namespaces = new LabNamespaces(client, housing);
        this.doorkeeper = new LabTokenVerifier(namespaces);
        this.limit = new LabCap(cap, () -> namespaces.all().size(), housing.ownsNamespaces());
        this.serverSideApply = new ServerSideApply(client);
        this.planner = ManifestPlanner.of(client, housing);
    }

    @Override
    public NewLab create(String courseId) {
        Course course = course(courseId);
        limit.take();
        try {
            String id = housing.newId();
            String token = secrets.newToken(id);
            housing.found(LabRecord.newNamespace(id, token, courseId, firstStep(course), now()));
            log.atInfo().addKeyValue("namespace", id).log("lab created");
            return new NewLab(require(id), token);
        } catch (RuntimeException e) {
            limit.giveBack();
            throw e;
        }
    }

    @Override
    public Optional<Lab> find(String labId) {
        return namespaces.find(labId).flatMap(LabRecord::read);
    }

    @Override
    public List<Lab> all() {
        return namespaces.all()
                .stream()
                .flatMap(namespace -> LabRecord.read(namespace).stream())
                .sorted(Comparator.comparing(Lab::created).thenComparing(Lab::id))
                .toList();
    }

    @Override
    public boolean opens(String labId, String token) {
        return doorkeeper.opens(labId, token);
    }

    @Override
    public void visit(String labId, String stepId) {
        Lab lab = require(labId);
        Instant now = now();
        if (!lab.current().equals(stepId)) {
            namespaces.annotate(labId, LabRecord.visited(stepId, now));
        } else if (lab.seen().plus(SEEN_GRANULARITY).isBefore(now)) {
            namespaces.annotate(labId, LabRecord.seen(now));
        }
    }

    @Override
    public ApplyOutcome apply(String labId, String stepId, Fields fields) {
        Step step = step(require(labId), stepId);
        String manifests = step.manifests().stream().map(Step.Manifest::yaml).collect(Collectors.joining("\n---\n"));
        return locks.alone(labId, () -> {
            ApplyOutcome outcome = send(labId, manifests, fields);
            return outcome instanceof Applied applied ? finish(labId, step, applied) : outcome;
        });
    }

    @Override
    public ApplyOutcome applyManifest(String labId, String yaml, Fields fields) {
        require(labId);
        return locks.alone(labId, () -> send(labId, yaml, fields));
    }

    @Override
    public CheckOutcome check(String labId, String stepId) {
        Lab lab = require(labId);
        Step step = step(lab, stepId);
        CheckOutcome outcome = check(lab).run(step);
        if (outcome.passed() && lab.progress(stepId).checked().isEmpty()) {
            namespaces.annotate(labId, LabRecord.checked(stepId, now()));
            log.atInfo().addKeyValue("namespace", labId).addKeyValue("step", stepId).log("step passed");
        }
        return outcome.passed() ? outcome : outcome.with(cluster.findings(labId));
    }

    @Override
    public CheckOutcome checkExercise(String labId, String stepId) {
        Lab lab = require(labId);
        return check(lab).run(step(lab, stepId).exercise().map(Exercise::checks).orElse(List.of()));
    }

    @Override
    public void reset(String labId) {
        String firstStep = firstStep(course(require(labId).course()));
        locks.alone(labId, () -> {
            traffic.stop(labId);
            housing.empty(labId);
            namespaces.find(labId)
                    .ifPresent(namespace -> namespaces.change(labId,
                            housing.ownsNamespaces() ? LabRecord.resetLabels(namespace) : Map.of(),
                            LabRecord.resetAnnotations(namespace, firstStep, housing.ownsNamespaces())));
            traffic.forget(labId);
            return labId;
        });
        log.atInfo().addKeyValue("namespace", labId).log("lab reset");
    }

    @Override
    public String kubeconfig(String labId, String token, URI server) {
        if (!housing.handsOutKubeconfigs()) {
            throw new NoKubeconfigException(labId);
        }
        return Kubeconfig.of(labId, token, server);
    }

    /** Removes the labs whose learners were last seen before the instant, and counts those that stay. */
    public void removeIdleSince(Instant instant) {
        List<Lab> labs = all();
        if (!housing.removesIdle()) {
            return;
        }
        List<Lab> idle = labs.stream().filter(lab -> lab.seen().isBefore(instant)).toList();
        idle.forEach(this::remove);
        limit.count(labs.size() - idle.size());
    }

    private void remove(Lab lab) {
        traffic.stop(lab.id());
        namespaces.remove(lab.id());
        doorkeeper.forget(lab.id());
        traffic.forget(lab.id());
        log.atInfo().addKeyValue("namespace", lab.id()).log("idle lab removed");
    }

    private ApplyOutcome send(String labId, String yaml, Fields fields) {
        boolean takeOver = fields == Fields.TAKE_OVER || housing.applyWins();
        ApplyOutcome outcome = serverSideApply.apply(planner.plan(labId, yaml, takeOver), takeOver);
        return outcome instanceof Applied(var objects, var changes, _)
                ? new Applied(objects, changes, cluster.findings(labId))
                : outcome;
    }

    private Applied finish(String labId, Step step, Applied applied) {
        List<AppliedObject> objects = new ArrayList<>(applied.objects());
        if (step.restartsDeployments()) {
            objects.addAll(new SidecarRestart(client, clock).restart(labId));
        }
        namespaces.annotate(labId, LabRecord.applied(step.id(), now()));
        return new Applied(objects, applied.changes(), applied.findings());
    }

    private StepCheck check(Lab lab) {
        return new StepCheck(new CheckedClusterLab(cluster, traffic, lab.id(), course(lab.course()).experiment()), lab);
    }

    /** Nobody reads more of a time than its milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Lab require(String labId) {
        return find(labId).orElseThrow(() -> new UnknownLabException("There is no lab \"" + labId
                + "\" here. It may have been removed after a long pause; start a new one on the first page."));
    }

    private Course course(String courseId) {
        return courses.find(courseId)
                .orElseThrow(() -> new UnknownLabException("There is no course \"" + courseId
                        + "\" here. The first page lists the courses."));
    }

    private Step step(Lab lab, String stepId) {
        return course(lab.course()).step(stepId)
                .orElseThrow(() -> new UnknownLabException("The course has no step \"" + stepId
                        + "\". The progress bar lists its steps."));
    }

    private static String firstStep(Course course) {
        return course.steps().getFirst().id();
    }
}
