package io.aftercall.bench.stage;

import io.aftercall.api.v1.ListCustomerWrapUpsRequest;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.WrapUpServiceGrpc;
import io.aftercall.api.v1.WrapUpServiceGrpc.WrapUpServiceStub;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How long it takes to find what was written, on a server of its own whose database has many wrap-ups. */
public final class HistoryStage implements Stage {
    private static final int CALLERS = 4;
    private static final int PAGE = 50;
    private static final int WRAP_UPS_OF_A_CUSTOMER = 20;

    private static final String PLAN =
            """
            EXPLAIN (ANALYZE, BUFFERS, COSTS OFF)
            SELECT w.agent_id, w.interaction_id, w.interaction_time
            FROM wrap_up w
            WHERE w.tenant_id = 'default' AND w.status <> 'DRAFT' AND %s
            ORDER BY w.interaction_time DESC, w.agent_id DESC, w.interaction_id DESC
            LIMIT 51""";

    private final Path parent;
    private final int wrapUps;
    private final int customers;
    private final Random random = new Random(7);

    /**
     * Measures.
     *
     * @param parent where the database's directory is made
     */
    public HistoryStage(Path parent, int wrapUps) {
        this.parent = parent;
        this.wrapUps = wrapUps;
        this.customers = Math.max(1, wrapUps / WRAP_UPS_OF_A_CUSTOMER);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory)) {
            // The server makes the tables.
            PackagedServer.start(directory.log("server"), database).close();
            WrittenHistory.write(database, wrapUps, customers);
            plan(database, "w.customer_id = 'customer-7'");
            plan(database, "w.words @@ websearch_to_tsquery('spanish', 'pedido 4711')");
            plan(database, "w.words @@ websearch_to_tsquery('spanish', 'cancelaciones')");
            try (PackagedServer server = PackagedServer.start(directory.log("server"), database);
                    Connections connections = server.connect(CALLERS)) {
                return Stream.of(
                                measure("a customer's history", connections, duration, this::ofCustomer),
                                measure(
                                        "a word that few have",
                                        connections,
                                        duration,
                                        (calls, stub) -> search(calls, stub, "pedido " + random.nextInt(customers))),
                                measure(
                                        "a word that many have",
                                        connections,
                                        duration,
                                        (calls, stub) -> search(calls, stub, "cancelaciones")))
                        .map(Supplier::get)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Supplier<Measurement> measure(
            String what,
            Connections connections,
            Duration duration,
            BiFunction<Calls, WrapUpServiceStub, CompletableFuture<?>> call) {
        return () -> {
            try {
                run(connections, new Calls(new Latencies(), new Failures()), duration.dividedBy(2), call);
                Latencies latencies = new Latencies();
                Failures failures = new Failures();
                long start = System.nanoTime();
                run(connections, new Calls(latencies, failures), duration, call);
                long nanos = System.nanoTime() - start;
                String name = "%s among %,d wrap-ups, callers: %d".formatted(what, wrapUps, CALLERS);
                return Measurement.of(name, latencies.overall(), nanos, failures);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        };
    }

    private static void run(
            Connections connections,
            Calls calls,
            Duration duration,
            BiFunction<Calls, WrapUpServiceStub, CompletableFuture<?>> call)
            throws InterruptedException {
        new ClosedLoop(
                        CALLERS,
                        (caller, turn) -> call.apply(calls, WrapUpServiceGrpc.newStub(connections.channel(caller))))
                .runFor(duration);
    }

    private CompletableFuture<?> ofCustomer(Calls calls, WrapUpServiceStub stub) {
        int customer = (int) (Math.pow(random.nextDouble(), 2) * customers);
        return calls.send(
                stub::listCustomerWrapUps,
                ListCustomerWrapUpsRequest.newBuilder()
                        .setCustomerId("customer-" + customer)
                        .setPageSize(PAGE)
                        .build());
    }

    private static CompletableFuture<?> search(Calls calls, WrapUpServiceStub stub, String words) {
        return calls.send(
                stub::searchWrapUps,
                SearchWrapUpsRequest.newBuilder()
                        .setQuery(words)
                        .setPageSize(PAGE)
                        .build());
    }

    private static void plan(BenchDatabase database, String condition) throws IOException {
        System.out.println(condition);
        database.query(List.of("SET ROLE aftercall_search", PLAN.formatted(condition)))
                .forEach(line -> System.out.println("    " + line));
    }
}
