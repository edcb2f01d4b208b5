package io.aftercall.rpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Searches for messages that break something, for ten minutes, from those that {@link FuzzedRequestsTest} tries each
 * time:
 *
 * <pre>JAZZER_FUZZ=1 mvn test-compile surefire:test -Dtest=RequestFuzz</pre>
 *
 * What it finds on the way it keeps in {@code .cifuzz-corpus}.
 */
class RequestFuzz {

    static Stream<Arguments> seeds() throws IOException {
        return FuzzedRequest.seeds().stream().map(seed -> Arguments.of((Object) seed));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void anyMessage(byte[] input) {
        FuzzedRequest.of(input).ifPresent(FuzzedRequest::assertAnswered);
    }
}
