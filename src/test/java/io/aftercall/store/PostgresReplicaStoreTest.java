package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.ReplicaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PostgresReplicaStoreTest {

    private static final Duration LATELY = Duration.ofSeconds(30);

    @Inject
    ReplicaStore store;

    @Inject
    OwnerPool owner;

    private final UUID one = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Test
    void whoBeatsHearsOfTheOthersAndNotOfItself() {
        await(store.beat(one, LATELY));

        assertThat(await(store.beat(other, LATELY))).contains(one).doesNotContain(other);
        assertThat(await(store.beat(one, LATELY))).contains(other).doesNotContain(one);
    }

    @Test
    void whoHasLeftIsNotHeardOf() {
        await(store.beat(one, LATELY));

        await(store.leave(one));

        assertThat(await(store.beat(other, LATELY))).doesNotContain(one);
    }

    @Test
    void whoHasBeenSilentCountsAsDeadAndIsForgottenAfterAnHour() {
        await(store.beat(one, LATELY));
        silentFor(one, "31 seconds");
        assertThat(await(store.beat(other, LATELY))).doesNotContain(one);
        assertThat(kept(one)).isTrue();

        silentFor(one, "61 minutes");
        await(store.beat(other, LATELY));

        assertThat(kept(one)).isFalse();
    }

    private void silentFor(UUID replica, String span) {
        await(owner.pool()
                .preparedQuery("UPDATE replica SET beat_time = clock_timestamp() - '" + span
                        + "'::interval WHERE replica_id = $1")
                .execute(Tuple.of(replica))
                .toCompletionStage());
    }

    private boolean kept(UUID replica) {
        return await(owner.pool()
                                .preparedQuery("SELECT 1 FROM replica WHERE replica_id = $1")
                                .execute(Tuple.of(replica))
                                .toCompletionStage())
                        .size()
                > 0;
    }
}
