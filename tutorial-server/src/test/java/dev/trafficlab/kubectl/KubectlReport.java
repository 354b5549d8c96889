package dev.trafficlab.kubectl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The table of commands and results, one section a kubectl. */
final class KubectlReport {

    private final Map<Path, List<Row>> rows = new LinkedHashMap<>();

    /** Addresses hold the lab's secret, and a report is for everybody. */
    private static final Pattern SECRET = Pattern.compile("lab-[a-z2-7]{10}\\.[A-Za-z0-9_-]{43}");

    private record Row(String command, int exit, boolean passed, String output) {}

    void add(Path executable, KubectlCommand command, Kubectl.Result result, boolean passed) {
        rows.computeIfAbsent(executable, any -> new ArrayList<>())
                .add(new Row(command.run(), result.exit(), passed, result.output()));
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# kubectl against the embedded Kubernetes\n");
        rows.forEach((executable, results) -> {
            long passed = results.stream().filter(Row::passed).count();
            text.append("\n## ")
                    .append(executable.getFileName())
                    .append(": ")
                    .append(passed)
                    .append(" of ")
                    .append(results.size())
                    .append("\n\n| command | exit | result | first line |\n|---|---|---|---|\n");
            results.forEach(row -> text.append("| `")
                    .append(cell(row.command()))
                    .append("` | ")
                    .append(row.exit())
                    .append(" | ")
                    .append(row.passed() ? "pass" : "**FAIL**")
                    .append(" | ")
                    .append(firstLine(row.output()))
                    .append(" |\n"));
        });
        Files.writeString(file, text);
    }

    private static String firstLine(String output) {
        return cell(SECRET.matcher(output.lines().findFirst().orElse("")).replaceAll("…"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
