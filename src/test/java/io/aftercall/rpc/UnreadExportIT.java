package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.aftercall.PackagedServer;
import io.aftercall.api.v1.AcwReportQuery;
import io.aftercall.api.v1.ExportAcwReportRequest;
import io.aftercall.api.v1.ExportAcwReportResponse;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.GetAcwReportResponse;
import io.aftercall.api.v1.ReportDimension;
import io.aftercall.api.v1.ReportServiceGrpc;
import io.aftercall.boot.OwnerPool;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a tenant has one report at once, and an export of some hundred kilobytes is that one. */
class UnreadExportIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new OneAtOnce());

    private final OwnerPool owner = server.owner();

    private static final long HOUR = 1_780_308_000;

    /** One report, and little patience with who does not read. */
    public static final class OneAtOnce extends Authenticated {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("aftercall.report.max-per-tenant", "1");
            overrides.put("aftercall.report.max-wait", "20s");
            overrides.put("aftercall.stream.max-lag", "200ms");
            return overrides;
        }
    }

    @RegisterExtension
    final Staff staff = new Staff();

    /** Somebody who asks and does not read. */
    private static final class Stuck extends ClientCall.Listener<ExportAcwReportResponse> {
        private final CompletableFuture<Status> ended = new CompletableFuture<>();

        @Override
        public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
        }
    }

    @BeforeEach
    void muchToReport() {
        staff.hired();
        owner.pool()
                .preparedQuery(
                        """
                        INSERT INTO report_hour (tenant_id, cube, start_time, subject_id, figures)
                        SELECT $1, 'AGENTS', to_timestamp($2::bigint), 'agent-' || n, decode(
                            '010304626c75650573616c657304736f6c640101030001020180dac40980a3c3478087a70e'
                            '000101050101010180dac40980dac409012801', 'hex')
                        FROM generate_series(1, 3000) AS n
                        """)
                .execute(Tuple.of(staff.tenant, HOUR))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static AcwReportQuery.Builder query() {
        return AcwReportQuery.newBuilder()
                .setStartTime(Timestamps.fromSeconds(HOUR))
                .setEndTime(Timestamps.fromSeconds(HOUR + 3_600))
                .addGroupBy(ReportDimension.REPORT_DIMENSION_AGENT);
    }

    private ClientCall<ExportAcwReportRequest, ExportAcwReportResponse> export(Stuck stuck) {
        ClientCall<ExportAcwReportRequest, ExportAcwReportResponse> call = staff.as("supervisor")
                .channel()
                .newCall(ReportServiceGrpc.getExportAcwReportMethod(), CallOptions.DEFAULT);
        call.start(stuck, new Metadata());
        call.sendMessage(ExportAcwReportRequest.newBuilder().setQuery(query()).build());
        call.halfClose();
        return call;
    }

    private GetAcwReportResponse report() {
        return staff.as("supervisor")
                .reports()
                .getAcwReport(GetAcwReportRequest.newBuilder().setQuery(query()).build());
    }

    @Test
    void whoDoesNotReadHisExportDoesNotKeepItsTurn() {
        Stuck stuck = new Stuck();
        ClientCall<ExportAcwReportRequest, ExportAcwReportResponse> call = export(stuck);

        assertThat(report().getTotal().getAcwCount()).isEqualTo(3_000);

        // What was sent before has to be read before the end is.
        call.request(100);
        await().until(stuck.ended::isDone);
        assertThat(stuck.ended.join().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void anExportThatIsReadTakesItsTurnAndLeavesIt() {
        for (int times = 0; times < 3; times++) {
            int[] lines = {0};
            staff.as("supervisor")
                    .reports()
                    .exportAcwReport(ExportAcwReportRequest.newBuilder()
                            .setQuery(query())
                            .build())
                    .forEachRemaining(part -> lines[0] +=
                            (int) part.getCsv().toStringUtf8().lines().count());
            assertThat(lines[0]).isEqualTo(3_001);
        }
    }

    @Test
    void anExportThatIsCancelledLeavesItsTurn() {
        export(new Stuck()).cancel("enough", null);

        assertThat(report().getTotal().getAcwCount()).isEqualTo(3_000);
    }
}
