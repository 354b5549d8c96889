package dev.trafficlab.lab.kind;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.trafficlab.lab.check.ObjectKinds;

/** The kinds of a lab's objects, for the checks that name one. */
@Component
final class LabObjectKinds implements ObjectKinds {

    @Override
    public boolean knows(String kind) {
        return LabKind.named(kind).isPresent();
    }

    @Override
    public String names() {
        return Arrays.stream(LabKind.values()).map(LabKind::kind).collect(Collectors.joining(", "));
    }
}
