package io.aftercall.rpc;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.PackagedServer;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.feed.ResumeToken;
import io.aftercall.store.PostgresAgentStore;
import io.grpc.Status.Code;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who comes back after the log has forgotten what he missed. */
class ExpiredTokenIT {

    /** Next to nothing is kept in memory, so that the log is asked. */
    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(Map.of("aftercall.feed.ring-capacity", "2"));

    @RegisterExtension
    final Client client = new Client();

    @Test
    void isToldTheOldestRevisionAndMayResumeFromThere() {
        String token = Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance())
                .untilSnapshotEnd()
                .lastToken();
        for (int call = 0; call < 8; call++) {
            client.startAcw(Client.fresh("agent"), "call");
        }
        ResumeToken position = ResumeToken.decode(token).orElseThrow();
        long oldest = position.revision() + 4;
        forgetUntil(oldest);

        GrpcError error = refusal(token);
        Subscriber resumed = Subscriber.to(client.channel(), resume(at(position, oldest - 1)))
                .untilChanges(5);

        assertThat(error.code()).isEqualTo(Code.OUT_OF_RANGE);
        assertThat(error.reason()).isEqualTo("TOKEN_EXPIRED");
        assertThat(error.metadata()).containsEntry("oldest_revision", Long.toString(oldest));
        assertThat(resumed.changes().get(0).getRevision()).isEqualTo(oldest);
        assertThat(refusal(at(position, oldest - 2)).reason()).isEqualTo("TOKEN_EXPIRED");
    }

    private void forgetUntil(long revision) {
        Pool database = server.owner().pool();
        await(database.preparedQuery(
                        "UPDATE change_log SET change_time = change_time - interval '192 hours' WHERE revision < $1")
                .execute(Tuple.of(revision))
                .toCompletionStage());
        await(new PostgresAgentStore(database).forgetChanges(Duration.ofDays(7)));
    }

    private GrpcError refusal(String token) {
        return GrpcError.of(
                Subscriber.to(client.channel(), resume(token)).ended().join());
    }

    private static String at(ResumeToken token, long revision) {
        return new ResumeToken(token.epoch(), token.tenant(), revision, token.filter()).encode();
    }

    private static StreamAgentStatesRequest resume(String token) {
        return StreamAgentStatesRequest.newBuilder().setResumeToken(token).build();
    }
}
