package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.StartAcw;
import io.aftercall.email.EmailTerms;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AcwHistory;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentHistory;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.AuditTrail;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.DispositionEditor;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.ForecastKeeper;
import io.aftercall.engine.InMemoryAgentStore;
import io.aftercall.engine.InMemoryPolicyStore;
import io.aftercall.engine.PolicyBook;
import io.aftercall.engine.PolicyEditor;
import io.aftercall.engine.QueuePressure;
import io.aftercall.engine.Quotas;
import io.aftercall.engine.Samples;
import io.aftercall.engine.SettableClock;
import io.aftercall.engine.Submission;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.engine.WrapUpSearch;
import io.aftercall.feed.ReadBarrier;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.TenantFeed;
import io.aftercall.followup.Assignee;
import io.aftercall.followup.FollowUp;
import io.aftercall.followup.FollowUpDetails;
import io.aftercall.followup.FollowUpKind;
import io.aftercall.followup.FollowUpState;
import io.aftercall.security.Admission;
import io.aftercall.security.Authenticator;
import io.aftercall.security.Caller;
import io.aftercall.security.NetworkGuard;
import io.aftercall.wrapup.StoredWrapUp;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The services of tenants and what is before them, on stores in memory; asks nobody who he is. One agent is in ACW.
 */
final class ServicesInMemory {

    static final String AGENT = "agent";
    static final String INTERACTION = "call";

    private static final Duration HOUR = Duration.ofHours(1);

    private static final EmailTerms EMAILS = new EmailTerms(Optional.of("service@example.com"), ZoneOffset.UTC);

    private final SettableClock clock = new SettableClock();
    private final InMemoryAgentStore agents = new InMemoryAgentStore(clock);
    private final InMemoryPolicyStore policies = new InMemoryPolicyStore(agents, clock);
    private final Vertx vertx;
    private final ServedTenant tenant;

    ServicesInMemory(Vertx vertx) {
        this.vertx = vertx;
        TenantId id = TenantId.DEFAULT;
        DatabaseClock now = new DatabaseClock(clock);
        TenantFeed feed = new TenantFeed(id, agents, 16);
        PolicyBook book = new PolicyBook(id, policies);
        CommandLane lane =
                new CommandLane(id, agents, book, feed, feed, Runnable::run, new CommandLane.Limits(1_000, 16));
        this.tenant = new ServedTenant(
                lane,
                feed,
                new ReadBarrier(feed, agents, now),
                book,
                new PolicyEditor(id, policies, book),
                new DispositionEditor(id, policies, book),
                new QueuePressure(id, policies, book),
                new ForecastKeeper(id, NOTHING_ENDED, now),
                now);
        book.refresh();
        feed.catchUp();
        StartAcw ended = new StartAcw(new AgentId(AGENT), Samples.interaction(INTERACTION), new UUID(0, 1));
        lane.submit(new Submission(ended, Actor.named("router"), Optional.empty(), () -> false));
    }

    List<ServerServiceDefinition> services() {
        WebhooksInMemory webhooks = new WebhooksInMemory();
        Authenticator anybody = new Authenticator(Optional.empty(), Optional.empty(), EVERYBODY);
        CallGuard guard = new CallGuard(
                anybody,
                directory(),
                NO_TRAIL,
                vertx,
                clock,
                new Random(1),
                new CallGuard.CallerRate(Integer.MAX_VALUE));
        LastingRights rights = new LastingRights(anybody);
        ReportTurns turns = new ReportTurns(
                new ReportTurns.Limits(1_000, 1_000, HOUR),
                (after, work) -> vertx.setTimer(after.toMillis(), timer -> work.run()));
        Commands commands = new Commands(directory());
        StreamLimits limits = new StreamLimits(1_000, 1_000, HOUR, HOUR, HOUR, HOUR);
        AgentStateStreams streams =
                new AgentStateStreams(agents, rights, directory(), limits, StreamListener.NONE, new Random(1));
        return Stream.<BindableService>of(
                        new AcwGrpc(commands, directory(), new EmailsOffered(EMAILS)),
                        new AgentStateGrpc(commands, directory(), streams),
                        new AgentGrpc(commands, directory()),
                        new DispositionGrpc(directory()),
                        new FollowUpGrpc(commands, directory(), NOTHING_PROMISED),
                        new WrapUpGrpc(
                                commands,
                                directory(),
                                NOTHING_WRITTEN,
                                new CustomerData(
                                        commands,
                                        directory(),
                                        new CustomersInMemory(),
                                        NOTHING_WRITTEN,
                                        NOTHING_PROMISED),
                                rights,
                                new EmailsOffered(EMAILS)),
                        new EmailTemplateGrpc(new TemplatesInMemory(), NOTHING_WRITTEN, EMAILS, clock),
                        new WebhookGrpc(webhooks, webhooks, new NetworkGuard(List.of()), new SecureRandom()),
                        new ReportGrpc(directory(), new ReportsInMemory(), NOTHING_DONE, rights, turns, limits),
                        new PolicyGrpc(policies, directory(), commands, NOTHING_ENDED, rights, turns, vertx))
                .map(service -> ServerInterceptors.intercept(service, guard))
                .toList();
    }

    private ServedTenant.Directory directory() {
        return new ServedTenant.Directory() {
            @Override
            public ServedTenant of(TenantId any) {
                return tenant;
            }

            @Override
            public Quotas quotas(TenantId any) {
                return Quotas.of(1_000, 1_000, 1_000, 1_000);
            }
        };
    }

    private static final AcwHistory NOTHING_ENDED = new AcwHistory() {
        @Override
        public CompletionStage<Taken> durations(TenantId id, Optional<Instant> after, Duration back) {
            return CompletableFuture.completedFuture(new Taken(Instant.EPOCH, List.of()));
        }

        @Override
        public CompletionStage<Page> page(TenantId id, Place after, Instant until) {
            return CompletableFuture.completedFuture(new Page(List.of(), new Place(until, "", "")));
        }
    };

    private static final AgentHistory NOTHING_DONE =
            (id, agentId, from, until, mostAcws) -> CompletableFuture.completedFuture(new AgentHistory.Past(
                    Optional.of(Samples.idle(agentId, 1)), List.of(), Optional.empty(), List.of(), 0));

    private static final FollowUpArchive NOTHING_PROMISED = new FollowUpArchive() {
        @Override
        public CompletionStage<Optional<FollowUp>> find(TenantId id, UUID followUp) {
            FollowUpDetails details = new FollowUpDetails(
                    FollowUpKind.OTHER, Instant.EPOCH, new Assignee(Assignee.Type.TEAM, "t"), "", null);
            FollowUp.Stamp stamp = new FollowUp.Stamp(Instant.EPOCH, "somebody");
            return CompletableFuture.completedFuture(Optional.of(
                    new FollowUp(followUp, details, FollowUpState.OPEN, AGENT, null, 1, stamp, stamp, null)));
        }

        @Override
        public CompletionStage<List<FollowUp>> replaced(TenantId id, UUID followUp, int before, int limit) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<List<FollowUp>> list(
                TenantId id, Search search, boolean latestFirst, Optional<Place> after, int limit) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<Integer> count(TenantId id, Search search, int limit) {
            return CompletableFuture.completedFuture(0);
        }
    };

    private static final WrapUpArchive NOTHING_WRITTEN = new WrapUpArchive() {
        @Override
        public CompletionStage<Optional<WrapUpRecord>> find(TenantId id, AcwKey key) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<List<StoredWrapUp>> replaced(TenantId id, AcwKey key, int before, int limit) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<List<WrapUpRecord>> toComplete(
                TenantId id, WrapUpSearch search, Optional<Place> after, int limit) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<List<WrapUpRecord>> search(
                TenantId id, WrapUpSearch search, Optional<Place> before, int limit) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<List<Tag>> tags(TenantId id, String prefix, String after, int limit) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<Integer> renameTag(
                TenantId id, String tag, String newTag, String by, int limit, List<AuditEvent> audit) {
            return CompletableFuture.completedFuture(0);
        }
    };

    private static final Admission EVERYBODY = new Admission() {
        @Override
        public Standing standing(Caller caller) {
            return Standing.ACTIVE;
        }

        @Override
        public boolean revoked(Caller caller, Instant issued) {
            return false;
        }

        @Override
        public CompletionStage<Void> readAgain() {
            return CompletableFuture.completedFuture(null);
        }
    };

    private static final AuditTrail NO_TRAIL = new AuditTrail() {
        @Override
        public CompletionStage<Void> append(TenantId id, List<AuditEvent> events) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<Entry>> after(TenantId id, long after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<List<Entry>> before(TenantId id, long before, Filter filter, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Ends> ends(TenantId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> forget(Duration age) {
            throw new UnsupportedOperationException();
        }
    };
}
