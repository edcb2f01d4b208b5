package io.aftercall.bench.peer;

import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL itself, driven by its own pgbench in a database beside the server's: each write is a transaction of one
 * statement that updates an agent's document and logs it, under keys and with documents like ours.
 */
public final class Pgbench {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");
    private static final Pattern TPS = Pattern.compile("^tps = ([0-9.]+)", Pattern.MULTILINE);
    private static final Pattern LATENCY = Pattern.compile("^latency average = ([0-9.]+) ms", Pattern.MULTILINE);
    private static final Pattern FAILED =
            Pattern.compile("^number of failed transactions: ([0-9]+)", Pattern.MULTILINE);
    private static final String DATABASE = "pgbench";
    private static final int AGENTS = 1_024;

    private static final String TABLES =
            """
            CREATE TABLE agent (
                tenant_id text COLLATE "C" NOT NULL,
                agent_id  text COLLATE "C" NOT NULL,
                version   bigint NOT NULL,
                state     json NOT NULL,
                PRIMARY KEY (tenant_id, agent_id)
            ) WITH (fillfactor = 50);
            CREATE TABLE change_log (
                tenant_id text COLLATE "C" NOT NULL,
                agent_id  text COLLATE "C" NOT NULL,
                version   bigint NOT NULL,
                state     json NOT NULL,
                PRIMARY KEY (tenant_id, agent_id, version)
            ) WITH (autovacuum_vacuum_insert_threshold = -1);
            INSERT INTO agent SELECT 'default', 'agent-' || i, 0, '{}' FROM generate_series(1, %d) AS i;
            """
                    .formatted(AGENTS);

    private static final String WRITE =
            """
            \\set agent random(1, %d)
            WITH changed AS (
                UPDATE agent SET version = version + 1, state = :%s::text::json
                WHERE tenant_id = 'default' AND agent_id = 'agent-' || :agent::int
                RETURNING tenant_id, agent_id, version, state)
            INSERT INTO change_log SELECT tenant_id, agent_id, version, state FROM changed;
            """;

    private final BenchDatabase database;
    private final Path busy;
    private final Path idle;

    /**
     * What a run found.
     *
     * @param perSecond transactions a second
     * @param latency the mean, in milliseconds
     * @param failed how many failed
     */
    public record Result(double perSecond, double latency, long failed) {}

    private Pgbench(BenchDatabase database, Path busy, Path idle) {
        this.database = database;
        this.busy = busy;
        this.idle = idle;
    }

    /** Makes a database for it. */
    public static Pgbench on(BenchDatabase database, WorkDirectory directory) throws IOException {
        database.execute("CREATE DATABASE " + DATABASE);
        database.execute(DATABASE, TABLES);
        Path scripts = directory.make("pgbench");
        return new Pgbench(
                database,
                Files.writeString(scripts.resolve("busy.sql"), WRITE.formatted(AGENTS, "busy")),
                Files.writeString(scripts.resolve("idle.sql"), WRITE.formatted(AGENTS, "idle")));
    }

    /** Returns where the newest pgbench of Debian's packages is, if there is one. */
    public static Optional<Path> program() throws IOException {
        if (!Files.isDirectory(PROGRAMS)) {
            return Optional.empty();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(PROGRAMS)) {
            versions.forEach(version -> found.add(version.resolve("bin").resolve("pgbench")));
        }
        return found.stream().filter(Files::isExecutable).max(Path::compareTo);
    }

    /**
     * Writes from so many clients, each on a connection of its own.
     *
     * @throws IOException when it does not come to a single transaction
     */
    public Result run(int clients, long seconds) throws IOException {
        // Its time begins before it has connected, which does not count in its figures and takes the longer the more.
        long connecting = 1 + clients / 64;
        ProcessBuilder builder = new ProcessBuilder(
                program()
                        .orElseThrow(() -> new IOException("there is no pgbench"))
                        .toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=" + Math.min(clients, 2),
                "--time=" + (seconds + connecting),
                "--define=busy=" + AgentDocuments.BUSY,
                "--define=idle=" + AgentDocuments.IDLE,
                "--file=" + busy,
                "--file=" + idle,
                "--host=127.0.0.1",
                "--port=" + database.port(),
                "--username=" + database.user(),
                DATABASE);
        builder.environment().put("PGPASSWORD", database.password());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(number(TPS, output), number(LATENCY, output), (long) number(FAILED, output));
    }

    private static double number(Pattern pattern, String output) throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException("pgbench said: " + output.strip());
        }
        return Double.parseDouble(matcher.group(1));
    }
}
