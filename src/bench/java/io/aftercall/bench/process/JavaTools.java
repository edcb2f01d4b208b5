package io.aftercall.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The programs of the JDK that this runs on. */
public final class JavaTools {
    private JavaTools() {}

    /**
     * Returns the live heap of a JVM of the same user, in bytes: what a full collection leaves.
     *
     * @throws IOException when the JVM does not answer
     */
    public static long liveHeap(ProcessHandle jvm) throws IOException {
        Process histogram = new ProcessBuilder(path("jcmd"), Long.toString(jvm.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.lines()
                .filter(line -> line.startsWith("Total"))
                .map(line -> Long.parseLong(line.split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd said: " + output.strip()));
    }

    static String path(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }
}
