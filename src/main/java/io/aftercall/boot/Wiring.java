package io.aftercall.boot;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.ReplicaStore;
import io.aftercall.engine.Replicas;
import io.aftercall.feed.FeedTail;
import io.aftercall.feed.SharedHeads;
import io.aftercall.rpc.CallGuard;
import io.aftercall.rpc.GrpcConnections;
import io.aftercall.rpc.GrpcTls;
import io.aftercall.rpc.ReportTurns;
import io.aftercall.rpc.StreamLimits;
import io.aftercall.security.Authenticator;
import io.aftercall.store.DatabaseConnections;
import io.aftercall.web.Development;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes what knows nothing of the framework. */
final class Wiring {

    /** The only clock that the server reads. */
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    /** The only dice that the server throws; any thread may. */
    @Produces
    @Singleton
    RandomGenerator randomness() {
        return new Random();
    }

    /** A server that asks nobody is none of production: {@link AuthSettings} lets none start there. */
    @Produces
    @Singleton
    Development development(Authenticator authenticator) {
        return new Development(!authenticator.asks());
    }

    /** For what nobody may guess. */
    @Produces
    @Singleton
    @Typed(SecureRandom.class)
    SecureRandom secrets() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    DatabaseClock databaseClock(InstantSource local) {
        return new DatabaseClock(local);
    }

    @Produces
    @Singleton
    FeedTail.Heads heads(AgentStore agents) {
        return new SharedHeads(agents);
    }

    @Produces
    @Singleton
    Replicas replicas(ReplicaStore store) {
        return new Replicas(UUID.randomUUID(), store);
    }

    @Produces
    @Singleton
    StreamLimits streamLimits(AftercallConfig config) {
        AftercallConfig.Stream stream = config.stream();
        return new StreamLimits(
                stream.maxPerCaller(),
                stream.maxPerReplica(),
                stream.maxAge(),
                stream.maxLag(),
                config.shutdown().drainWindow(),
                stream.tick());
    }

    @Produces
    @Singleton
    ReportTurns reportTurns(AftercallConfig config, Vertx vertx) {
        AftercallConfig.Report report = config.report();
        return new ReportTurns(
                new ReportTurns.Limits(report.maxPerReplica(), report.maxPerTenant(), report.maxWait()),
                (after, work) -> vertx.setTimer(Math.max(1, after.toMillis()), timer -> work.run()));
    }

    @Produces
    @Singleton
    CallGuard.CallerRate callerRate(AftercallConfig config) {
        return new CallGuard.CallerRate(config.limits().callsPerSecondAndCaller());
    }

    @Produces
    @Singleton
    GrpcConnections.Terms connectionTerms(AftercallConfig config) {
        return new GrpcConnections.Terms(
                config.connection().pingInterval(),
                config.connection().pongTimeout(),
                config.connection().maxAge(),
                // Streams have ended well by then, and what is left, as somebody who watches the health, is cut.
                config.stream().maxAge().multipliedBy(2),
                config.tls().interval());
    }

    @Produces
    @Singleton
    Optional<GrpcTls.Files> tlsFiles(AftercallConfig config) {
        AftercallConfig.Tls tls = config.tls();
        return tls.certificate()
                .map(certificate -> new GrpcTls.Files(certificate, tls.key().orElseThrow(), tls.clientAuthority()));
    }

    @Produces
    @Singleton
    DatabaseConnections.Terms databaseTerms(AftercallConfig config) {
        return new DatabaseConnections.Terms(
                config.database().silence(),
                config.database().acquisition(),
                config.database().authority());
    }
}
