package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PostgresChangeHintsTest {

    private static final String BEGUN = "begun";

    @Inject
    ChangeHints hints;

    @Inject
    Pool pool;

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void whoListensHears() throws Exception {
        hints.listen(listener());
        assertThat(next()).isEqualTo(BEGUN);

        await(hints.tell(tenant, 4_711));

        assertThat(next()).isEqualTo("4711");
    }

    @Test
    void whoseConnectionWasLostIsToldSoAndHearsAgain() throws Exception {
        hints.listen(listener());
        assertThat(next()).isEqualTo(BEGUN);

        await(pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'")
                .execute()
                .toCompletionStage());

        assertThat(next()).isEqualTo(BEGUN);
        await(hints.tell(tenant, 4_712));
        assertThat(next()).isEqualTo("4712");
    }

    private String next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    private ChangeHints.Listener listener() {
        return new ChangeHints.Listener() {
            @Override
            public void changed(TenantId changed, long revision) {
                if (changed.equals(tenant)) {
                    heard.add(Long.toString(revision));
                }
            }

            @Override
            public void perhapsMissed() {
                heard.add(BEGUN);
            }
        };
    }
}
