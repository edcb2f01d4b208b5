package io.aftercall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.PackagedServer;
import io.aftercall.rpc.FreePorts;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

class SimulatorIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(Map.of());

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
