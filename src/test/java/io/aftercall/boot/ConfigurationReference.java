package io.aftercall.boot;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The settings of a configuration's interface as Markdown, with what their comments say: a table for each group. */
final class ConfigurationReference {

    private static final String TABLE = "\n\n| variable | default | what it is |\n|---|---|---|\n";

    private final CompilationUnitTree unit;
    private final DocTrees docs;
    private final ClassTree root;
    private final Map<String, ClassTree> groups;

    private ConfigurationReference(CompilationUnitTree unit, DocTrees docs) {
        this.unit = unit;
        this.docs = docs;
        root = (ClassTree) unit.getTypeDecls().get(0);
        groups = root.getMembers().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .collect(Collectors.toMap(group -> group.getSimpleName().toString(), Function.identity()));
    }

    /** Of the interface in this file, whose groups are interfaces within it. */
    static String of(Path source, String prefix) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
            return new ConfigurationReference(task.parse().iterator().next(), DocTrees.instance(task)).sections(prefix);
        }
    }

    private String sections(String prefix) {
        return methods(root)
                .map(method -> "### `" + prefix + '.' + kebab(method) + "`\n\n"
                        + comment(TreePath.getPath(unit, group(method))) + TABLE
                        + rows(group(method), prefix + '.' + kebab(method)))
                .collect(Collectors.joining("\n"));
    }

    private String rows(ClassTree group, String prefix) {
        return methods(group)
                .map(method -> group(method) == null
                        ? row(method, prefix)
                        : rows(group(method), prefix + '.' + kebab(method) + index(method)))
                .collect(Collectors.joining());
    }

    private String row(MethodTree method, String prefix) {
        String variable = variable(prefix + '.' + kebab(method)) + (type(method).startsWith("Map<") ? "_…" : "");
        return "| `%s` | %s | %s |\n".formatted(variable, defaultOf(method), comment(TreePath.getPath(unit, method)));
    }

    private static java.util.stream.Stream<MethodTree> methods(ClassTree type) {
        return type.getMembers().stream().filter(MethodTree.class::isInstance).map(MethodTree.class::cast);
    }

    /** The group that a method leads to, also by a list of them; null if it is a setting. */
    private ClassTree group(MethodTree method) {
        Tree type = method.getReturnType();
        boolean many = type instanceof ParameterizedTypeTree parameterized
                && type.toString().startsWith("List<");
        return groups.get(many ? type(method).replaceAll("List<(.*)>", "$1") : type.toString());
    }

    private static String index(MethodTree method) {
        return type(method).startsWith("List<") ? ".0." : "";
    }

    private static String type(MethodTree method) {
        return method.getReturnType().toString();
    }

    private static String defaultOf(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals("WithDefault"))
                .map(annotation -> annotation.getArguments().get(0).toString().replaceAll(".*\"(.*)\".*", "`$1`"))
                .findFirst()
                .orElse("");
    }

    private String comment(TreePath path) {
        DocCommentTree comment = docs.getDocCommentTree(path);
        if (comment == null) {
            throw new IllegalStateException("Without a comment: " + path.getLeaf());
        }
        return comment.getFullBody().stream()
                .map(Object::toString)
                .collect(Collectors.joining())
                .replaceAll("\\{@code (.*?)}", "`$1`")
                .replaceAll("\\s+", " ");
    }

    private static String kebab(MethodTree method) {
        return method.getName()
                .toString()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    /** As SmallRye Config looks for it: all but letters and digits as underscores. */
    private static String variable(String key) {
        return key.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
