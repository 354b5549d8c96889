package dev.trafficlab.web.testing;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.trafficlab.embedded.analysis.Finding;
import dev.trafficlab.embedded.analysis.FindingKind;
import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.CheckOutcome;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Lab.StepProgress;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.LabsFullException;
import dev.trafficlab.lab.NewLab;

/** Labs that remember progress and nothing else. A check passes once its step was applied; a manifest that says "broken" is refused. */
public class FakeLabs implements Labs {

    private static final Finding HOST_NOT_FOUND = new Finding(FindingKind.HOST_NOT_FOUND, new Finding.ObjectName(
            "VirtualService", "lab", "colors"), List.of("colorz", "colors"));

    /** A lab that is there from the start. */
    public static final String LAB = "lab-abcdefghij";

    /** That lab's secret. */
    public static final String TOKEN = LAB + ".secret";

    private static final Instant THEN = Instant.parse("2030-01-01T12:00:00Z");

    private final Map<String, Lab> labs = new ConcurrentHashMap<>();
    private volatile boolean full;

    /** Labs, one of them there already. */
    public FakeLabs() {
        restart();
    }

    /** Everything as at the start. */
    public final void restart() {
        full = false;
        labs.clear();
        labs.put(LAB, fresh(LAB));
    }

    /** From now on there is no room for another lab. */
    public void fill() {
        full = true;
    }

    @Override
    public NewLab create(String courseId) {
        if (full) {
            throw new LabsFullException(labs.size());
        }
        String id = "lab-" + (char) ('b' + labs.size()) + "bbbbbbbbb";
        Lab lab = fresh(id);
        labs.put(id, lab);
        return new NewLab(lab, id + ".secret");
    }

    @Override
    public Optional<Lab> find(String labId) {
        return Optional.ofNullable(labs.get(labId));
    }

    @Override
    public List<Lab> all() {
        return List.copyOf(labs.values());
    }

    @Override
    public boolean opens(String labId, String token) {
        return labs.containsKey(labId) && token.equals(labId + ".secret");
    }

    @Override
    public void visit(String labId, String stepId) {
        labs.computeIfPresent(labId, (id, lab) -> new Lab(id, lab.course(), lab.created(), lab.seen(), stepId, lab
                .progress()));
    }

    @Override
    public ApplyOutcome apply(String labId, String stepId, Fields fields) {
        note(labId, stepId, new StepProgress(Optional.of(THEN), Optional.empty()));
        return new ApplyOutcome.Applied(List.of(new ApplyOutcome.AppliedObject("Service", "colors", "created"),
                new ApplyOutcome.AppliedObject("Deployment", "colors-v1", "restarted")), FakeDrafts.CHANGES, List.of());
    }

    @Override
    public ApplyOutcome applyManifest(String labId, String yaml, Fields fields) {
        if (yaml.contains("broken")) {
            return new ApplyOutcome.Rejected(List.of(new ApplyOutcome.Problem("Service colors",
                    "unknown field \"<broken>\"")));
        }
        return new ApplyOutcome.Applied(List.of(new ApplyOutcome.AppliedObject("Service", "colors", "configured")),
                List.of(), List.of(HOST_NOT_FOUND));
    }

    @Override
    public CheckOutcome check(String labId, String stepId) {
        boolean applied = labs.getOrDefault(labId, fresh(labId)).progress(stepId).applied().isPresent();
        if (applied) {
            note(labId, stepId, new StepProgress(Optional.of(THEN), Optional.of(THEN)));
        }
        return new CheckOutcome(applied, List.of(new CheckOutcome.Result("A Service exists", applied,
                applied ? "Found colors." : "There is no Service colors yet. Press Apply.")), applied
                        ? List.of()
                        : List.of(HOST_NOT_FOUND));
    }

    @Override
    public CheckOutcome checkExercise(String labId, String stepId) {
        return new CheckOutcome(true, List.of(new CheckOutcome.Result("A Service is alone", true, "It is.")), List
                .of());
    }

    @Override
    public void reset(String labId) {
        labs.put(labId, fresh(labId));
    }

    @Override
    public String kubeconfig(String labId, String token, URI server) {
        return "apiVersion: v1\nkind: Config\n";
    }

    private void note(String labId, String stepId, StepProgress progress) {
        labs.computeIfPresent(labId, (id, lab) -> {
            Map<String, StepProgress> all = new HashMap<>(lab.progress());
            all.put(stepId, progress);
            return new Lab(id, lab.course(), lab.created(), lab.seen(), lab.current(), all);
        });
    }

    private static Lab fresh(String id) {
        return new Lab(id, FakeCourses.ID, THEN, THEN, "services", Map.of());
    }
}
