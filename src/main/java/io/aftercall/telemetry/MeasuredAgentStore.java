package io.aftercall.telemetry;

import io.aftercall.agent.EndedAcw;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.OtherHistory;
import io.aftercall.engine.StalePolicies;
import io.aftercall.engine.TenantId;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Measures batches on their way to the database, and the ACWs that they end. */
@Decorator
@Priority(1)
abstract class MeasuredAgentStore implements AgentStore {

    private final AgentStore store;
    private final AcwMeter acws;
    private final Clock clock;
    private final DistributionSummary sizes;
    private final Timer committed;
    private final Timer failed;
    private final Tracer tracer;

    @Inject
    MeasuredAgentStore(@Any @Delegate AgentStore store, AcwMeter acws, MeterRegistry registry, Tracer tracer) {
        this.tracer = tracer;
        this.store = store;
        this.acws = acws;
        this.clock = registry.config().clock();
        this.sizes = DistributionSummary.builder("acw.batch.size")
                .description("Commands that shared a transaction")
                .register(registry);
        this.committed = commits(registry, "committed");
        this.failed = commits(registry, "failed");
    }

    private static Timer commits(MeterRegistry registry, String outcome) {
        return Timer.builder("acw.commit.duration")
                .description("From handing a batch over until it was committed, or was not")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public CompletionStage<Committed> transact(TenantId tenant, Needs needs, Work work) {
        Measured batch = new Measured(work, clock);
        Span span = tracer.spanBuilder("acw.batch")
                .setAttribute("acw.batch.size", work.commands())
                .startSpan();
        try (Scope current = span.makeCurrent()) {
            return store.transact(tenant, needs, batch).whenComplete((done, failure) -> finished(batch, span, failure));
        } catch (RuntimeException failure) {
            finished(batch, span, failure);
            throw failure;
        }
    }

    private void finished(Measured batch, Span span, Throwable failure) {
        if (failure == null) {
            sizes.record(batch.commands());
            committed.record(batch.sinceBegun(), TimeUnit.NANOSECONDS);
            batch.ended.forEach(acw -> acws.ended(acw, batch.now, batch.sinceDecided()));
        } else if (!repeated(failure)) {
            failed.record(batch.sinceBegun(), TimeUnit.NANOSECONDS);
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /** The lane reads anew what it had in memory and goes on: nothing is wrong with the database. */
    private static boolean repeated(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof StalePolicies || cause instanceof OtherHistory;
    }

    /** A batch, with what is to be known of it after the commit. */
    private static final class Measured implements Work {

        private final Work work;
        private final Clock clock;
        private final long begun;
        private volatile long decided;
        private volatile Instant now;
        private volatile List<EndedAcw> ended = List.of();

        Measured(Work work, Clock clock) {
            this.work = work;
            this.clock = clock;
            this.begun = clock.monotonicTime();
        }

        @Override
        public Writes decide(Loaded loaded) {
            decided = clock.monotonicTime();
            now = loaded.now();
            Writes writes = work.decide(loaded);
            ended = writes.settled().stream()
                    .filter(EndedAcw.class::isInstance)
                    .map(EndedAcw.class::cast)
                    .toList();
            return writes;
        }

        @Override
        public void written() {
            work.written();
        }

        @Override
        public int commands() {
            return work.commands();
        }

        long sinceBegun() {
            return clock.monotonicTime() - begun;
        }

        Duration sinceDecided() {
            return Duration.ofNanos(clock.monotonicTime() - decided);
        }
    }
}
