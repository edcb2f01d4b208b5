package io.aftercall.bench.peer;

/** What stands in an agent's row while an ACW is open, and while none is: as the server writes it. */
final class AgentDocuments {
    static final String BUSY =
            """
            {"presence":{"presence":"AVAILABLE"},"status_since_time":"2026-11-22T10:00:00.123456Z",\
            "acws":[{"acw_id":"7d3f2c8e-4b1a-4c59-9e63-0f5a2b7c1d84","interaction":{\
            "interaction_id":"0b9e6a52-3c47-4f1d-8a20-6d5e4c3b2a19-123456","channel":"VOICE","direction":"INBOUND",\
            "outcome":"ANSWERED","queue_id":"bench","customer_id":"bench-customer",\
            "start_time":"2026-11-22T09:57:00.123456Z","answer_time":"2026-11-22T09:57:00.123456Z",\
            "end_time":"2026-11-22T10:00:00.123456Z"},"policy":{},"policy_revision":0,\
            "start_time":"2026-11-22T10:00:00.123456Z","extensions_used":0,"warned":false,\
            "deadline_time":"2026-11-22T10:01:00.123456Z"}]}""";

    static final String IDLE =
            """
            {"presence":{"presence":"AVAILABLE"},"status_since_time":"2026-11-22T10:00:00.123456Z"}""";

    private AgentDocuments() {}
}
