package dev.trafficlab.instructor;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.CheckOutcome;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;
import dev.trafficlab.lab.UnknownLabException;

/** Labs in a map; only what an instructor does with them. */
final class FakeLabs implements Labs {

    final Map<String, Lab> labs = new ConcurrentHashMap<>();
    final Set<String> reset = ConcurrentHashMap.newKeySet();
    final Set<String> stuck = ConcurrentHashMap.newKeySet();

    void add(Lab lab) {
        labs.put(lab.id(), lab);
    }

    @Override
    public Optional<Lab> find(String labId) {
        return Optional.ofNullable(labs.get(labId));
    }

    @Override
    public List<Lab> all() {
        List<Lab> all = new ArrayList<>(labs.values());
        all.sort(Comparator.comparing(Lab::created));
        return all;
    }

    @Override
    public void reset(String labId) {
        if (!labs.containsKey(labId)) {
            throw new UnknownLabException("There is no lab " + labId);
        }
        if (stuck.contains(labId)) {
            throw new IllegalStateException("stuck");
        }
        reset.add(labId);
    }

    @Override
    public NewLab create(String courseId) {
        throw unused();
    }

    @Override
    public boolean opens(String labId, String token) {
        throw unused();
    }

    @Override
    public void visit(String labId, String stepId) {
        throw unused();
    }

    @Override
    public ApplyOutcome apply(String labId, String stepId, Fields fields) {
        throw unused();
    }

    @Override
    public ApplyOutcome applyManifest(String labId, String yaml, Fields fields) {
        throw unused();
    }

    @Override
    public CheckOutcome check(String labId, String stepId) {
        throw unused();
    }

    @Override
    public CheckOutcome checkExercise(String labId, String stepId) {
        throw unused();
    }

    @Override
    public String kubeconfig(String labId, String token, URI server) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("No instructor does that");
    }
}
