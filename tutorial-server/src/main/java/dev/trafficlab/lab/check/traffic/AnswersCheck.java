package dev.trafficlab.lab.check.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;

/** {@code answers}: a request is answered as wanted: by status, headers, body, version and time, whichever are named. */
@Component
record AnswersCheck() implements CheckKind {

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public Condition read(YamlMapping fields) {
        int status = fields.number("status", 100, 599, 0);
        Map<String, Pattern> headers = new LinkedHashMap<>();
        fields.textMap("answer-headers").forEach((name, pattern) -> {
            try {
                headers.put(name, Pattern.compile(pattern));
            } catch (PatternSyntaxException wrong) {
                fields.problem("answer-headers", "%s is no regular expression: %s".formatted(pattern, wrong
                        .getDescription()));
            }
        });
        int within = fields.number("within-ms", 1, 60_000, 0);
        int after = fields.number("after-ms", 1, 60_000, 0);
        Wanted wanted = new Wanted(RequestFields.read(fields), status == 0 ? OptionalInt.empty()
                : OptionalInt.of(
                        status), headers, fields.pattern("body"), fields.text("version", ""), within, after);
        if (wanted.isOpen()) {
            fields.problem("check", "say what is wanted of the answer: one of  status:, body:, version:, "
                    + "answer-headers:, within-ms: and after-ms:");
        }
        return wanted;
    }

    private record Wanted(RequestFields request, OptionalInt status, Map<String, Pattern> headers,
            Optional<Pattern> body, String version, int within, int after) implements LabCondition {

        boolean isOpen() {
            return status.isEmpty() && headers.isEmpty() && body.isEmpty() && version.isEmpty() && within == 0
                    && after == 0;
        }

        @Override
        public CheckFinding look(CheckedLab lab) {
            long start = System.nanoTime();
            MeshAnswer answer = lab.trace(request.order(1, 1)).answer();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return switch (answer) {
                case MeshAnswer.ConnectionRefused(String reason) -> CheckFinding.fails("The connection was refused: "
                        + reason);
                case Answered answered -> look(answered, took, lab.experiment().subject().label());
            };
        }

        private CheckFinding look(Answered answered, Duration took, String label) {
            AppResponse response = answered.response();
            String text = text(response);
            String found = request.shown() + " answers " + response.status();
            if (status.isPresent() && status.getAsInt() != response.status()) {
                return CheckFinding.fails(found + ", not " + status.getAsInt() + ".");
            }
            String by = answered.upstream().map(pod -> pod.labels().getOrDefault(label, "")).orElse("");
            if (!version.isEmpty() && !version.equals(by)) {
                return CheckFinding.fails(found + (by.isEmpty() ? " from no version" : " from " + by) + ", not from "
                        + version + ".");
            }
            for (Map.Entry<String, Pattern> header : headers.entrySet()) {
                String value = response.headers().first(header.getKey()).orElse("");
                if (!header.getValue().matcher(value).find()) {
                    return CheckFinding.fails(found + (value.isEmpty() ? " without the header " + header.getKey()
                            : " with " + header.getKey() + ": " + value) + "; wanted is " + header.getValue() + ".");
                }
            }
            if (body.isPresent() && !body.get().matcher(text).find()) {
                return CheckFinding.fails(found + ", and its text does not match " + body.get() + ".");
            }
            return time(found + (version.isEmpty() ? "" : " from " + version), took.toMillis());
        }

        private CheckFinding time(String found, long millis) {
            if (within > 0 && millis > within) {
                return CheckFinding.fails(found + " after " + millis + " ms; wanted is within " + within + " ms.");
            }
            if (after > 0 && millis < after) {
                return CheckFinding.fails(found + " after " + millis + " ms; wanted is after " + after + " ms at the "
                        + "earliest.");
            }
            return CheckFinding.holds(found + (within + after > 0 ? " after " + millis + " ms." : "."));
        }

        private static String text(AppResponse response) {
            try {
                return new String(response.body().bytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
