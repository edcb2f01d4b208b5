package io.aftercall.boot;

import io.aftercall.engine.ReplicaStore;
import io.aftercall.engine.Replicas;
import io.aftercall.rpc.GrpcConnections;
import io.aftercall.rpc.StreamLimits;
import io.aftercall.store.DatabaseConnections;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
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
    GrpcConnections.Keepalive keepalive(AftercallConfig config) {
        return new GrpcConnections.Keepalive(
                config.connection().pingInterval(), config.connection().pongTimeout());
    }

    @Produces
    @Singleton
    DatabaseConnections.Patience databasePatience(AftercallConfig config) {
        return new DatabaseConnections.Patience(
                config.database().silence(), config.database().acquisition());
    }
}
