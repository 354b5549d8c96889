package dev.trafficlab.instructor;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.UnknownLabException;

/** All labs of the class. */
@Service
class Classroom {

    private static final Logger log = LoggerFactory.getLogger(Classroom.class);
    private static final int RESETS_AT_A_TIME = 8;

    private final Labs labs;
    private final Courses courses;

    Classroom(Labs labs, Courses courses) {
        this.labs = labs;
        this.courses = courses;
    }

    /** Every lab, oldest first. */
    List<LabOverview> overview() {
        return labs.all().stream().map(this::overview).toList();
    }

    /** Resets the lab and tells how it is then. */
    LabOverview reset(String labId) {
        labs.reset(labId);
        return labs.find(labId)
                .map(this::overview)
                .orElseThrow(() -> new UnknownLabException("The lab was removed meanwhile."));
    }

    /** Resets every lab. One that fails does not keep the others from being reset. */
    ResetAll resetAll() {
        List<String> all = labs.all().stream().map(Lab::id).toList();
        Set<String> failed = ConcurrentHashMap.newKeySet();
        try (ExecutorService workers = Executors.newFixedThreadPool(RESETS_AT_A_TIME, Thread.ofVirtual().factory())) {
            all.forEach(lab -> workers.execute(() -> {
                if (!tryReset(lab)) {
                    failed.add(lab);
                }
            }));
        }
        return new ResetAll(all.size() - failed.size(), failed.stream().sorted().toList());
    }

    private boolean tryReset(String labId) {
        try {
            labs.reset(labId);
            return true;
        } catch (UnknownLabException gone) {
            return true;
        } catch (RuntimeException e) {
            log.atError().addKeyValue("namespace", labId).setCause(e).log("lab could not be reset");
            return false;
        }
    }

    private LabOverview overview(Lab lab) {
        return LabOverview.of(lab, courses.find(lab.course()));
    }

    /**
     * What became of all labs.
     *
     * @param reset how many are as new
     * @param failed the ids of those that are not
     */
    record ResetAll(int reset, List<String> failed) {

        ResetAll {
            failed = List.copyOf(failed);
        }
    }
}
