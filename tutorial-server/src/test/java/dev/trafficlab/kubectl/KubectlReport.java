package dev.trafficlab.kubectl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of commands and results, one section a kubectl. */
final class KubectlReport {

    private final Map<Path, List<Row>> rows = new LinkedHashMap<>();

    private record Row(String command, int exit, boolean passed, String output) {}

    void add(Path executable, KubectlCommand command, Kubectl.Result result, boolean passed) {
        rows.computeIfAbsent(executable, any -> new ArrayList<>())
                .add(new Row(command.run(), result.exit(), passed, result.output()));
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# kubectl against the embedded Kubernetes\n");
        rows.forEach((executable, results) -> {
            long passed = results.stream().filter(Row::passed).count();
            text.append("\n## ").append(executable.getFileName()).append(": ").append(passed).append(" of ")
                    .append(results.size()).append("\n\n| command | exit | result | first line |\n|---|---|---|---|\n");
            results.forEach(row -> text.append("| `").append(cell(row.command())).append("` | ").append(row.exit())
                    .append(" | ")
                    .append(row.passed() ? "pass" : "**FAIL**").append(" | ").append(firstLine(row.output())).append(
                            " |\n"));
        });
        Files.writeString(file, text);
    }

    private static String firstLine(String output) {
        return cell(output.lines().findFirst().orElse(""));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
