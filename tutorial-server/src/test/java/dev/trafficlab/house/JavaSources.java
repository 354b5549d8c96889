package dev.trafficlab.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

/** The product's Java sources as text and as syntax trees. Tests run in the folder {@code tutorial-server}. */
final class JavaSources {

    private static final Path SERVER = Path.of("src", "main", "java");
    private static final Path DEMO_APPS = Path.of("..", "demo-apps");

    private JavaSources() {}

    /** Every Java file of the server and the demo apps but their tests. */
    static List<Path> all() {
        return Stream.concat(javaFiles(SERVER), javaFiles(DEMO_APPS).filter(file -> file.toString().contains("main")))
                .toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each method and constructor with the number of its lines, from its first annotation to its closing brace. */
    static List<Method> methods() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, files
                    .getJavaFileObjectsFromPaths(all()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Method> methods = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Collector(unit, positions, methods).scan(unit, null);
            }
            return methods;
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Method(String name, long lines) {}

    private static final class Collector extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> methods;

        Collector(CompilationUnitTree unit, SourcePositions positions, List<Method> methods) {
            this.unit = unit;
            this.positions = positions;
            this.methods = methods;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            long first = positions.getStartPosition(unit, method);
            long last = positions.getEndPosition(unit, method);
            if (first >= 0 && last >= 0) {
                long lines = unit.getLineMap().getLineNumber(last) - unit.getLineMap().getLineNumber(first) + 1;
                methods.add(new Method(owner() + "." + method.getName(), lines));
            }
            return super.visitMethod(method, nothing);
        }

        private String owner() {
            return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type ? type.getSimpleName()
                    .toString()
                    : "";
        }
    }
}
