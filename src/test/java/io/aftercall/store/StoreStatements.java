package io.aftercall.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The statements of this package, found in its classes: constants that begin as one. */
final class StoreStatements {

    private static final Path CLASSES = Path.of("target", "classes", "io", "aftercall", "store");

    private static final Pattern STATEMENT =
            Pattern.compile("\\(?(SELECT|INSERT|UPDATE|DELETE|WITH)\\b.*", Pattern.DOTALL);

    /** As Hibernate names parameters; two colons are a cast. */
    private static final Pattern NAMED = Pattern.compile("(?<!:):([a-zA-Z]\\w*)");

    private StoreStatements() {}

    /** By class and field, with PostgreSQL's own parameters. */
    static Map<String, String> all() {
        Map<String, String> statements = new TreeMap<>();
        for (String name : classes()) {
            for (Field field : type(name).getDeclaredFields()) {
                if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                    String text = value(field);
                    if (STATEMENT.matcher(text.strip()).matches()) {
                        statements.put(name + '.' + field.getName(), numbered(text));
                    }
                }
            }
        }
        return statements;
    }

    private static List<String> classes() {
        try (Stream<Path> files = Files.list(CLASSES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
                    .map(file -> file.replace(".class", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(StoreStatements.class.getPackageName() + '.' + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(Field field) {
        try {
            field.setAccessible(true);
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String numbered(String hibernate) {
        Map<String, Integer> numbers = new TreeMap<>();
        return NAMED.matcher(hibernate.replaceAll("\\?(\\d)", "\\$$1"))
                .replaceAll(name -> "\\$" + numbers.computeIfAbsent(name.group(1), any -> numbers.size() + 1));
    }
}
