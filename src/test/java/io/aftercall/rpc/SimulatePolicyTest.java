package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.SimulatePolicyRequest;
import io.aftercall.api.v1.SimulatePolicyResponse;
import io.aftercall.api.v1.SimulationFigures;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.boot.DatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class SimulatePolicyTest {

    private static final int COMPLETED = 5;
    private static final int TIMED_OUT = 3;

    @RegisterExtension
    final Client client = new Client();

    private final String queue = Client.fresh("queue");
    private final String agent = Client.fresh("agent");

    @Test
    void underThePoliciesAsTheyAreThereIsWhatWasAndUnderOthersWhatWouldHaveBeen() {
        client.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(ofQueue().setDuration(Client.seconds(1)))
                        .build());
        long begin = Instant.now().getEpochSecond() - 10;
        for (int i = 0; i < COMPLETED; i++) {
            start(i);
            complete(i);
        }
        for (int i = COMPLETED; i < COMPLETED + TIMED_OUT; i++) {
            start(i);
        }
        await().until(() -> client.state(agent).getAcwsCount() == 0);
        SimulatePolicyRequest.Builder period = SimulatePolicyRequest.newBuilder()
                .setStartTime(Timestamp.newBuilder().setSeconds(begin))
                .setEndTime(Timestamp.newBuilder().setSeconds(begin + 3_600));

        List<SimulatePolicyResponse> asTheyAre = simulate(period.build());
        SimulationFigures same = figures(asTheyAre);
        SimulationFigures off = figures(simulate(
                period.setPolicy(ofQueue().setMode(AcwMode.ACW_MODE_OFF)).build()));
        SimulationFigures longer = figures(simulate(
                period.setPolicy(ofQueue().setDuration(Client.seconds(60))).build()));

        assertThat(same.getRecorded().getAcwCount()).isEqualTo(COMPLETED + TIMED_OUT);
        assertThat(same.getRecorded().getTimedOutCount()).isEqualTo(TIMED_OUT);
        assertThat(same.getSimulated()).isEqualTo(same.getRecorded());
        assertThat(same.getUncertainCount()).isZero();
        assertThat(off.getSimulated().getAcwCount()).isZero();
        assertThat(off.getGainedAgentDuration()).isEqualTo(same.getRecorded().getAgentDuration());
        assertThat(longer.getUncertainCount()).isEqualTo(TIMED_OUT);
        assertThat(longer.getGainedAgentDuration().getSeconds()).isLessThanOrEqualTo(-59 * TIMED_OUT);
        assertThat(asTheyAre.get(0).getProgress().getFraction()).isBetween(0.0, 1.0);
        assertThat(asTheyAre).hasSizeGreaterThan(2);
    }

    @Test
    void aPeriodThatIsNoneIsRefusedWithWhateverElseIsWrong() {
        GrpcError error = GrpcError.of(() -> simulate(SimulatePolicyRequest.newBuilder()
                .setPolicy(ofQueue().setDuration(Client.seconds(0)))
                .setEndTime(Timestamp.newBuilder().setSeconds(1_800_000_000))
                .build()));

        assertThat(error.fields()).contains("start_time", "policy.duration");
    }

    private Policy.Builder ofQueue() {
        return Policy.newBuilder().setScope(PolicyScope.POLICY_SCOPE_QUEUE).setScopeId(queue);
    }

    private List<SimulatePolicyResponse> simulate(SimulatePolicyRequest request) {
        List<SimulatePolicyResponse> all = new ArrayList<>();
        client.policies().simulatePolicy(request).forEachRemaining(all::add);
        return all;
    }

    private SimulationFigures figures(List<SimulatePolicyResponse> told) {
        return told.get(told.size() - 1).getResult().getQueuesMap().get(queue);
    }

    private void start(int call) {
        client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(agent + call).setQueueId(queue))
                        .build());
    }

    private void complete(int call) {
        client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(agent + call)
                        .build());
    }
}
