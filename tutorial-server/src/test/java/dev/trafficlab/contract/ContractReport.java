package dev.trafficlab.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of both verdicts on every manifest. */
final class ContractReport {

    private final Queue<Row> rows = new ConcurrentLinkedQueue<>();

    /** Both verdicts on one manifest, sent in one way. */
    record Row(Manifest manifest, Cluster.Way way, Verdict real, Verdict embedded) {

        boolean agreed() {
            return real.blame() == embedded.blame() && real.reason().equals(embedded.reason()) && real.fields()
                    .equals(embedded.fields());
        }

        boolean sameCode() {
            return real.code() == embedded.code();
        }

        boolean wordForWord() {
            return real.words().equals(embedded.words());
        }
    }

    void add(Row row) {
        rows.add(row);
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# The real API server and the embedded one\n\n");
        text.append(count("are judged by the API server alone", row -> !row.manifest().webhook()));
        text.append(count("are judged by istiod's validating webhook", row -> row.manifest().webhook()));
        text.append("- Of ")
                .append(rows.stream().filter(row -> row.agreed() && !row.sameCode()).count())
                .append(" the real one says 500 where the embedded one says 400: server-side apply takes it for its own "
                        + "fault when a manifest does not fit its kind.\n\n")
                .append("| manifest | sent by | judge | real | embedded | verdict | message |\n"
                        + "|---|---|---|---|---|---|---|\n");
        rows.forEach(row -> text.append(line(row)));
        Files.writeString(file, text);
    }

    private String count(String what, Predicate<Row> which) {
        return "- %d rows (a manifest sent in one way) %s: %d verdicts agree, %d messages agree word for word.\n"
                .formatted(rows.stream().filter(which).count(), what, rows.stream()
                        .filter(which)
                        .filter(Row::agreed)
                        .count(),
                        rows.stream().filter(which).filter(Row::wordForWord).count());
    }

    private static String line(Row row) {
        String message = row.wordForWord() ? cell(row.real().message())
                : "real: " + cell(row.real().message()) + "<br>embedded: " + cell(row.embedded().message());
        return Stream.of(row.manifest().name(), row.way().name().toLowerCase(Locale.ROOT),
                row.manifest().webhook() ? "webhook" : "API server", cell(row.real().summary()),
                cell(row.embedded().summary()), row.agreed() ? "agrees" : "**DIFFERS**", message)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\s+", " ");
    }
}
