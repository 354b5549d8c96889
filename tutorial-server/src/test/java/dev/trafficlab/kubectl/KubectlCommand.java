package dev.trafficlab.kubectl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One entry of {@code kubectl/commands.yaml}. */
record KubectlCommand(String run, List<String> says, List<String> hides, OptionalInt exit, Optional<String> editor,
        OptionalInt stopAfter, int since) {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** The whole suite: files for the working folder, and the commands in order. */
    record Suite(Map<String, String> files, List<KubectlCommand> commands) {}

    @SuppressWarnings("unchecked")
    static Suite suite() {
        try (InputStream source = KubectlCommand.class.getResourceAsStream("/kubectl/commands.yaml")) {
            var root = (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(source);
            var files = (Map<String, String>) root.getOrDefault("files", Map.of());
            var commands = (List<Map<String, Object>>) root.getOrDefault("commands", List.of());
            return new Suite(files, commands.stream().map(KubectlCommand::of).toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static KubectlCommand of(Map<String, Object> entry) {
        Object exit = entry.getOrDefault("exit", 0);
        boolean open = exit.equals("any") || entry.containsKey("stop-after");
        return new KubectlCommand((String) entry.getOrDefault("run", ""), texts(entry, "says"), texts(entry, "hides"),
                open ? OptionalInt.empty() : OptionalInt.of((Integer) exit), Optional.ofNullable((String) entry.get(
                        "editor")),
                entry.get("stop-after") instanceof Integer seconds ? OptionalInt.of(seconds) : OptionalInt.empty(),
                (Integer) entry.getOrDefault("since", 0));
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Map<String, Object> entry, String field) {
        return (List<String>) entry.getOrDefault(field, List.of());
    }

    /** The arguments, split at blanks; single quotes keep words together. */
    List<String> arguments(String lab) {
        List<String> arguments = new ArrayList<>();
        Matcher words = WORD.matcher(inLab(run, lab));
        while (words.find()) {
            String word = words.group(1) == null ? words.group(2) : words.group(1);
            arguments.add(word);
        }
        return arguments;
    }

    static String inLab(String text, String lab) {
        return text.replace("${lab}", lab);
    }
}
