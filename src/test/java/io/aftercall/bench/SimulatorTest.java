package io.aftercall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.rpc.FreePorts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("apart")
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class SimulatorTest {

    /** Half an hour of twenty agents: completed, extended, timed out, with breaks in between. */
    @Test
    void underThePoliciesAsTheyAreTheReplayOfADayIsAsTheDayWas() {
        int port = ConfigProvider.getConfig().getValue(FreePorts.GRPC_PORT_KEY, Integer.class);

        int exit = new CommandLine(new Simulator())
                .execute(
                        "--target",
                        "localhost:" + port,
                        "--agents",
                        "20",
                        "--speed",
                        "300",
                        "--duration",
                        "6",
                        "--replay");

        assertThat(exit).isZero();
    }
}
