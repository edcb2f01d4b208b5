package io.aftercall.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The programs of the JDK that this runs on. */
public final class JavaTools {
    /** The option with which a JVM counts its memory outside the heap. */
    public static final String TRACKING = "-XX:NativeMemoryTracking=summary";

    private JavaTools() {}

    /**
     * Returns the live heap of a JVM of the same user, in bytes: what a full collection leaves.
     *
     * @throws IOException when the JVM does not answer
     */
    public static long liveHeap(ProcessHandle jvm) throws IOException {
        return Long.parseLong(ask(jvm, "GC.class_histogram", "Total").strip().split("\\s+")[2]);
    }

    /**
     * Returns what a JVM that was started with {@link #TRACKING} has outside its heap in buffers, in bytes.
     *
     * @throws IOException when the JVM does not answer
     */
    public static long outsideHeap(ProcessHandle jvm) throws IOException {
        String other = ask(jvm, "VM.native_memory scale=b", "-                     Other");
        return Long.parseLong(other.replaceAll(".*committed=(\\d+).*", "$1"));
    }

    /** Returns the line of the answer that starts so. */
    private static String ask(ProcessHandle jvm, String question, String line) throws IOException {
        Process asked = new ProcessBuilder(path("jcmd"), Long.toString(jvm.pid()), question)
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return answer.lines()
                .filter(said -> said.startsWith(line))
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd said: " + answer.strip()));
    }

    static String path(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }
}
