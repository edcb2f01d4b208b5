package io.aftercall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Our build compiles and runs the Java example with its own libraries, as building it by itself would cost every build
 * a quarter of a minute. So the example's project asks for the very same ones.
 */
class ExampleProjectTest {

    private static final Pattern PROPERTY = Pattern.compile("<([a-z-]+)\\.version>([^<]+)</");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>\\s*<groupId>[^<]+</groupId>\\s*<artifactId>([^<]+)</artifactId>"
                    + "\\s*<version>\\$\\{([a-z-]+)\\.version}</version>");

    @Test
    void librariesOfTheJavaExampleAreThoseThatItIsTestedWith() throws IOException {
        String project = Files.readString(Path.of("examples", "java", "pom.xml"));
        Map<String, String> versions = versions(project);
        Set<String> jars = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString())
                .collect(Collectors.toSet());

        Set<String> wanted = DEPENDENCY
                .matcher(project)
                .results()
                .map(dependency -> dependency.group(1) + "-" + versions.get(dependency.group(2)) + ".jar")
                // The transport: the server's own is not shaded.
                .map(jar -> jar.replace("grpc-netty-shaded-", "grpc-netty-"))
                .collect(Collectors.toSet());

        assertThat(wanted).hasSize(5);
        assertThat(jars).containsAll(wanted);
    }

    @Test
    void plugInsOfTheJavaExampleAreThoseOfOurBuild() throws IOException {
        Map<String, String> ours = versions(Files.readString(Path.of("pom.xml")));
        Map<String, String> versions = versions(Files.readString(Path.of("examples", "java", "pom.xml")));

        assertThat(ours)
                .containsEntry("compiler-plugin", versions.get("compiler-plugin"))
                .containsEntry("exec-maven-plugin", versions.get("exec-maven-plugin"))
                .containsEntry("protobuf-maven-plugin", versions.get("protobuf-maven-plugin"))
                .containsEntry("protoc", versions.get("protobuf"));
    }

    private static Map<String, String> versions(String project) {
        return PROPERTY.matcher(project)
                .results()
                .collect(Collectors.toMap(result -> result.group(1), (MatchResult result) -> result.group(2)));
    }
}
