package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link RequestFuzz} has found: messages that go each another way through the server. */
class FuzzedRequestsTest {

    @Test
    void areAnswered() throws IOException {
        List<FuzzedRequest> requests = FuzzedRequest.seeds().stream()
                .map(FuzzedRequest::of)
                .flatMap(Optional::stream)
                .toList();

        assertThat(requests.stream().map(FuzzedRequest::method).distinct()).hasSameSizeAs(FuzzedRequest.METHODS);
        assertThat(requests).allSatisfy(FuzzedRequest::assertAnswered);
    }
}
