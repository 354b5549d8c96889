package dev.trafficlab.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The table of both verdicts on every manifest. */
final class ContractReport {

    private final Queue<Row> rows = new ConcurrentLinkedQueue<>();

    /** Both verdicts on one manifest, sent in one way. */
    record Row(Manifest manifest, Cluster.Way way, Verdict real, Verdict embedded) {

        boolean agreed() {
            return real.code() == embedded.code() && real.reason().equals(embedded.reason()) && real.fields().equals(
                    embedded.fields());
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
        text.append(count(row -> !row.manifest().webhook())).append(
                " rows (a manifest sent in one way) are the API server's to judge: ")
                .append(count(row -> !row.manifest().webhook() && row.agreed())).append(" verdicts agree, ")
                .append(count(row -> !row.manifest().webhook() && row.wordForWord()))
                .append(" messages agree word for word. ")
                .append(count(row -> row.manifest().webhook())).append(" more are decided by istiod's webhook.\n\n")
                .append("| manifest | sent by | real | embedded | verdict | message |\n|---|---|---|---|---|---|\n");
        rows.forEach(row -> text.append("| ").append(row.manifest().name()).append(" | ")
                .append(row.way().name().toLowerCase(Locale.ROOT)).append(" | ").append(cell(row.real().summary()))
                .append(" | ").append(cell(row.embedded().summary())).append(" | ")
                .append(row.manifest().webhook() ? "decided by istiod's webhook"
                        : row.agreed() ? "agrees" : "**DIFFERS**")
                .append(" | ").append(row.wordForWord() ? cell(row.real().message())
                        : "real: " + cell(row.real()
                                .message()) + "<br>embedded: " + cell(row.embedded().message()))
                .append(" |\n"));
        Files.writeString(file, text);
    }

    private long count(Predicate<Row> which) {
        return rows.stream().filter(which).count();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\s+", " ");
    }
}
